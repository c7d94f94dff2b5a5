"""The facilitator's console: one page, its desk, and the verbs that run the day."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from facilitation import access, lobby, passes, zones
from facilitation.live import surfaces
from facilitation.run import VERBS
from workshops.models import Workshop
from workshops.problems import Conflict, Replay
from workshops.write import digest_of, write


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    workshop, _actor = access.allowed(request, "run", code)
    return page(request, workshop)


def page(request: HttpRequest, workshop: Workshop, desk_html: str | None = None, message: str = "") -> HttpResponse:
    """The whole console; `desk_html` replaces the desk when it carries errors."""
    context = {
        "workshop": workshop,
        "surface": "console",
        "version": workshop.version,
        "stage": workshop.stage,
        "mine_key": zones.mine_key(workshop),
        "zones": surfaces.one_frame(workshop, "console"),
        "mine_html": desk_html if desk_html is not None else zones.desk(request, workshop, message=message),
        "message": message,
        "socket_url": f"/ws/w/{workshop.code}/console/",
        "version_url": reverse("version", args=[workshop.code, "console"]),
        "mine_url": reverse("desk", args=[workshop.code]),
        "screen_url": reverse("screen", args=[passes.make_screen_pass(workshop.pk, workshop.screen_nonce)]),
        "join_address": lobby.join_address(request, workshop),
    }
    answer = render(request, "surfaces/console.html", context)
    access.give_console_pass(answer, workshop, request.user.pk, request.is_secure())
    return answer


@require_GET
def desk(request: HttpRequest, code: str) -> HttpResponse:
    workshop, _actor = access.allowed(request, "run", code)
    answer = HttpResponse(zones.desk(request, workshop))
    answer["X-Mine"], answer["X-Version"] = zones.mine_key(workshop), str(workshop.version)
    return answer


@require_POST
def run(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """One verb of the console. 200 with the desk, 409 when the room has moved on, 422 when it is not well formed."""
    workshop, actor = access.allowed(request, "run", code)
    if verb not in VERBS:
        raise Http404
    status, message = 200, ""
    try:
        write(
            workshop.pk,
            by=actor,
            verb=f"run.{verb}",
            change=lambda locked: VERBS[verb](locked, request.POST),
            key=access.key_in(request),
            digest=digest_of([*_pressed(request), ("verb", verb)]),
        )
    except Replay:
        status, message = 409, _("This press was sent before, for something else. Here is where the room is now.")
    except Conflict as problem:
        status, message = 409, problem.message
    except ValidationError as problem:
        status, message = 422, " ".join(problem.messages)
    scripted = "X-Throughline" in request.headers
    if status == 200 and not scripted:
        return redirect("people" if request.POST.get("back") == "people" else "console", code=workshop.code)
    workshop = access.workshop_by(code)
    answer = (
        HttpResponse(zones.desk(request, workshop, message=message))
        if scripted
        else page(request, workshop, message=message)
    )
    answer.status_code = status
    answer["X-Mine"], answer["X-Version"] = zones.mine_key(workshop), str(workshop.version)
    return answer


def _pressed(request: HttpRequest) -> list[tuple[str, str]]:
    """What a press says, without what is new each time."""
    return [(name, value) for name, value in request.POST.items() if name not in ("csrfmiddlewaretoken", "key")]


@require_GET
def people(request: HttpRequest, code: str) -> HttpResponse:
    """Who is here, who is expected; recovery codes; taking somebody off the list."""
    workshop, _actor = access.allowed(request, "see_people", code)
    context = {
        "workshop": workshop,
        "present": workshop.participants.present().select_related("organisation").order_by("name"),
        "expected": workshop.participants.expected().select_related("organisation").order_by("name"),
    }
    return render(request, "surfaces/people.html", context)
