"""A participant's phone: the whole page of somebody who has a seat, and their own zone of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from facilitation import access, zones
from facilitation.live import surfaces
from workshops.models import Participant, Workshop


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    workshop = access.workshop_by(code)
    participant = access.participant_in(request, workshop)
    if participant is None:
        return redirect("join", code=workshop.code)
    return page(request, workshop, participant)


def page(
    request: HttpRequest, workshop: Workshop, participant: Participant, mine_html: str | None = None
) -> HttpResponse:
    """The whole phone page; `mine_html` replaces the personal zone when it carries errors."""
    context = {
        "workshop": workshop,
        "participant": participant,
        "surface": "phone",
        "version": workshop.version,
        "stage": workshop.stage,
        "mine_key": zones.mine_key(workshop),
        "zones": surfaces.one_frame(workshop, "phone", participant),
        "mine_html": mine_html if mine_html is not None else zones.mine(request, workshop, participant),
        "socket_url": f"/ws/w/{workshop.code}/phone/",
        "version_url": reverse("version", args=[workshop.code, "phone"]),
        "mine_url": reverse("mine", args=[workshop.code]),
    }
    return render(request, "surfaces/phone.html", context)


@require_GET
def mine(request: HttpRequest, code: str) -> HttpResponse:
    workshop = access.workshop_by(code)
    participant = access.participant_in(request, workshop)
    if participant is None:
        raise Http404
    answer = HttpResponse(zones.mine(request, workshop, participant))
    answer["X-Mine"], answer["X-Version"] = zones.mine_key(workshop), str(workshop.version)
    return answer
