"""Networks: the list of mine, a new one, and one with its organisations."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from facilitation.planning.gate import keeper
from facilitation.planning.network_forms import InviteForm, NetworkForm, NewNetworkForm, OrganisationForm
from workshops.library import load_national
from workshops.models import Membership, Network, Organisation
from workshops.policy import Actor, can, networks_of, workshops_of
from workshops.write import keep


def begin_network(user, *, national: bool = True, **about) -> Network:
    """A network with `user` as its first facilitator. Call inside keep()."""
    network = Network.objects.create(**about)
    Membership.objects.create(network=network, user=user, role=Membership.FACILITATOR)
    if national:
        load_national(network)
    return network


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    found = networks_of(request.user).annotate(
        bodies=Count("organisations", distinct=True), days=Count("workshops", distinct=True)
    )
    return render(request, "workshops/networks.html", {"networks": found})


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = NewNetworkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        about = {name: form.cleaned_data[name] for name in NetworkForm.Meta.fields}
        network = keep(lambda: begin_network(request.user, national=form.cleaned_data["national"], **about))
        return redirect("network", pk=network.pk)
    return render(request, "workshops/network_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@keeper
def show(request: HttpRequest, network: Network, actor: Actor) -> HttpResponse:
    form = NetworkForm(request.POST or None, instance=network)
    if request.method == "POST" and form.is_valid():
        keep(form.save)
        messages.success(request, gettext("Saved."))
        return redirect("network", pk=network.pk)
    return page(request, network, actor, form=form)


def page(request: HttpRequest, network: Network, actor: Actor, **forms_given) -> HttpResponse:
    """The whole page of a network; a form that failed comes back as it was sent."""
    organisations = network.organisations.annotate(people=Count("participants", distinct=True))
    context = {
        "network": network,
        "form": NetworkForm(instance=network),
        "organisation_form": OrganisationForm(instance=Organisation(network=network)),
        "invite_form": InviteForm(),
        "organisations": organisations,
        "members": network.memberships.select_related("user").order_by("user__first_name", "pk"),
        "workshops": workshops_of(request.user).filter(network=network),
        "drivers": network.drivers.filter(hidden=False),
        "may_invite": can(actor, "invite", network),
        **forms_given,
    }
    failed = any(form.errors for form in forms_given.values())
    return render(request, "workshops/network.html", context, status=422 if failed else 200)


@require_POST
@keeper
def add_organisation(request: HttpRequest, network: Network, actor: Actor) -> HttpResponse:
    form = OrganisationForm(request.POST, instance=Organisation(network=network))
    if not form.is_valid():
        return page(request, network, actor, organisation_form=form)
    keep(form.save)
    messages.success(request, gettext("%(name)s is on the list.") % {"name": form.instance.name})
    return redirect("network", pk=network.pk)


@require_http_methods(["GET", "POST"])
@keeper
def organisation(request: HttpRequest, network: Network, actor: Actor, body: int) -> HttpResponse:
    found = get_object_or_404(network.organisations, pk=body)
    form = OrganisationForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        keep(form.save)
        messages.success(request, gettext("Saved."))
        return redirect("network", pk=network.pk)
    context = {"network": network, "organisation": found, "form": form, "used": is_used(found)}
    return render(request, "workshops/organisation.html", context, status=422 if form.errors else 200)


@require_POST
@keeper
def leave_out(request: HttpRequest, network: Network, actor: Actor, body: int) -> HttpResponse:
    """Off the list, unless people or local priorities belong to it."""
    found = get_object_or_404(network.organisations, pk=body)

    def change() -> bool:
        if is_used(found):
            return False
        found.delete()
        return True

    if keep(change):
        messages.success(request, gettext("%(name)s is off the list.") % {"name": found.name})
    else:
        messages.error(
            request,
            gettext("%(name)s has people or local priorities, so it stays on the list.") % {"name": found.name},
        )
    return redirect("network", pk=network.pk)


def is_used(body: Organisation) -> bool:
    return body.participants.exists() or body.drivers.exists()
