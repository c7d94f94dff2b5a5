"""The people who look after a network: invited with a link that signs them in once."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from facilitation.planning.gate import keeper
from facilitation.planning.network_forms import InviteForm
from facilitation.planning.networks import page
from workshops.models import Membership, Network, SignInLink
from workshops.policy import Actor
from workshops.write import keep


@require_POST
@keeper(may="invite")
def invite(request: HttpRequest, network: Network, actor: Actor) -> HttpResponse:
    form = InviteForm(request.POST)
    if not form.is_valid():
        return page(request, network, actor, invite_form=form)
    user, token = keep(lambda: form.invite(network))
    if token:
        return link_page(request, network, user, token)
    messages.success(
        request,
        gettext("%(name)s already has an account and now sees this network after signing in as usual.")
        % {"name": form.cleaned_data["name"]},
    )
    return redirect("network", pk=network.pk)


@require_POST
@keeper(may="invite")
def new_link(request: HttpRequest, network: Network, actor: Actor, member: int) -> HttpResponse:
    """Another link for a colleague who lost the first or forgot a password."""
    membership = get_object_or_404(network.memberships.select_related("user"), pk=member)
    user = membership.user
    # A link is as good as the account: never for one that opens other networks too.
    if user.is_staff or user.is_superuser or user.memberships.exclude(network=network).exists():
        messages.error(
            request,
            gettext("%(name)s also belongs elsewhere, so a link cannot be made here.") % {"name": user.get_full_name()},
        )
        return redirect("network", pk=network.pk)
    return link_page(request, network, user, keep(lambda: SignInLink.make_for(user)))


def link_page(request: HttpRequest, network: Network, user, token: str) -> HttpResponse:
    """The link, this once: it is not kept anywhere in readable form."""
    link = request.build_absolute_uri(reverse("sign-in-link", args=[token]))
    return render(request, "workshops/invited.html", {"network": network, "invited": user, "link": link})


@require_POST
@keeper(may="invite")
def remove(request: HttpRequest, network: Network, actor: Actor, member: int) -> HttpResponse:
    """A colleague leaves the network; its last facilitator cannot."""

    def change() -> Membership | None:
        leaving = network.memberships.select_related("user").filter(pk=member).first()
        if leaving is None:
            raise Http404
        facilitators = network.memberships.filter(role=Membership.FACILITATOR)
        if not facilitators.exclude(pk=leaving.pk).exists():
            return None
        leaving.delete()
        return leaving

    left = keep(change)
    if left is None:
        messages.error(request, gettext("A network needs at least one facilitator."))
    else:
        messages.success(
            request, gettext("%(name)s no longer sees this network.") % {"name": left.user.get_full_name()}
        )
    return redirect("network", pk=network.pk) if left is None or left.user != request.user else redirect("networks")
