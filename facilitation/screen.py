"""The big screen: opens by an unguessable link, shows one thing at a time, and can change nothing."""

import io

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from facilitation import access, catch_up, passes
from facilitation.live import surfaces
from facilitation.lobby import join_address
from workshops.models import Workshop
from workshops.policy import SCREEN, Actor, can


def workshop_of(token: str) -> Workshop:
    """The workshop whose screen link this is. Raises Http404 for a wrong or an old link."""
    found = passes.read_screen_pass(token)
    workshop = (
        Workshop.objects.select_related("network", "current").filter(pk=found.workshop_id).first() if found else None
    )
    if workshop is None or workshop.screen_nonce != found.nonce:
        raise Http404
    if not can(Actor(SCREEN, workshop.pk), "watch_screen", workshop):
        raise Http404
    return workshop


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    workshop = workshop_of(token)
    context = {
        "workshop": workshop,
        "surface": "screen",
        "version": workshop.version,
        "stage": workshop.stage,
        "zones": surfaces.one_frame(workshop, "screen"),
        "socket_url": f"/ws/screen/{token}/",
        "version_url": reverse("screen-version", args=[token]),
        "join_address": join_address(request, workshop),
    }
    return render(request, "surfaces/screen.html", context)


@require_GET
def version(request: HttpRequest, token: str) -> HttpResponse:
    return catch_up.newer(request, workshop_of(token), "screen")


@require_GET
def join_qr(request: HttpRequest, code: str) -> HttpResponse:
    """The QR code of the join address, as SVG. On a laptop it holds the address of the local network."""
    workshop = access.workshop_by(code)
    buffer = io.BytesIO()
    segno.make(join_address(request, workshop), error="m", micro=False).save(
        buffer, kind="svg", border=2, scale=10, dark="#17202e", light="#fff", xmldecl=False, title="Join"
    )
    return HttpResponse(buffer.getvalue(), content_type="image/svg+xml")
