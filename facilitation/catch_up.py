"""The floor under everything: a cheap GET that says whether something is new, and if so all of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from facilitation import access
from facilitation.live import surfaces
from workshops.models import Workshop
from workshops.policy import can


@require_GET
def version(request: HttpRequest, code: str, surface: str) -> HttpResponse:
    """204 when `v` is the newest version, else the whole frame of this surface for this person."""
    workshop = access.workshop_by(code)
    participant = None
    if surface == "phone":
        participant = access.participant_in(request, workshop)
        if participant is None:
            raise Http404
    elif surface != "console" or not can(access.signed_in(request, workshop), "run", workshop):
        raise Http404
    return newer(request, workshop, surface, participant)


def newer(request: HttpRequest, workshop: Workshop, surface: str, participant=None) -> HttpResponse:
    if request.GET.get("v") == str(workshop.version):
        answer = HttpResponse(status=204)
    else:
        text = surfaces.frame(workshop, surfaces.one_frame(workshop, surface, participant))
        answer = HttpResponse(text, content_type="application/json")
    answer["X-Version"] = str(workshop.version)
    return answer
