"""While people arrive: what each of them and the facilitator are told before the first activity opens."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from config.addresses import lan_address
from facilitation import access
from workshops.models import Participant, Workshop
from workshops.policy import actor_of_participant, can
from workshops.problems import Conflict
from workshops.write import write


class MeForm(forms.ModelForm):
    """A slip in one's own name or role, put right."""

    class Meta:
        model = Participant
        fields = ["name", "role"]
        labels = {"role": _("Your role")}


def join_address(request: HttpRequest, workshop: Workshop) -> str:
    """The address that phones open: the one in use, but never one that only the laptop itself can reach."""
    host, port = split_domain_port(request.get_host())
    if host in {"localhost", "127.0.0.1", "[::1]"}:
        host = lan_address()
    where = f"{host}:{port}" if port else host
    return f"{request.scheme}://{where}{reverse('join', args=[workshop.code])}"


def for_participant(participant: Participant) -> dict[str, Any]:
    return {
        "me_form": MeForm(instance=participant, prefix="me"),
        "seats": list(participant.seats.select_related("table", "round").order_by("round__number")),
    }


def for_facilitator(request: HttpRequest, workshop: Workshop) -> dict[str, Any]:
    return {
        "join_address": join_address(request, workshop),
        "qr_url": reverse("join-qr", args=[workshop.code]),
        "here": workshop.participants.present().count(),
        "expected": workshop.participants.expected().count(),
        "first": workshop.after_current(),
        "rounds": workshop.rounds.filter(tables__isnull=False).distinct().count(),
    }


@require_POST
def me(request: HttpRequest, code: str) -> HttpResponse:
    """A participant corrects their own name or role."""
    workshop = access.workshop_by(code)
    participant = access.participant_in(request, workshop)
    if participant is None or not can(actor_of_participant(participant), "take_part", workshop):
        raise Http404
    form = MeForm(request.POST, instance=participant, prefix="me")
    if form.is_valid():

        def change(locked: Workshop) -> Participant:
            again = locked.participants.get(pk=participant.pk)
            again.correct(**form.cleaned_data)
            return again

        try:
            write(workshop.pk, by=actor_of_participant(participant), verb="participant.correct", change=change)
        except Conflict as problem:
            messages.error(request, problem.message)
    else:
        messages.error(request, gettext("Please write your name: it cannot be empty."))
    return redirect("phone", code=workshop.code)
