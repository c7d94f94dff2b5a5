"""What remains of a workshop: make the pack, follow it, take it away, and lock what is final."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from outputs import printing
from workshops.models import Pack, Workshop
from workshops.policy import Actor, actor_of_user, can
from workshops.problems import Conflict
from workshops.write import write


def allowed(request: HttpRequest, action: str, code: str) -> tuple[Workshop, Actor]:
    """The workshop and the signed-in actor, if they may do `action` there. Raises Http404 otherwise."""
    try:
        workshop = Workshop.objects.by_code(code)
    except Workshop.DoesNotExist:
        raise Http404 from None
    actor = actor_of_user(request.user, workshop)
    if not can(actor, action, workshop):
        raise Http404
    return workshop, actor


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    workshop, actor = allowed(request, "read_pack", code)
    packs = list(workshop.packs.all()[:20])
    context = {
        "workshop": workshop,
        "newest": packs[0] if packs else None,
        "ready": [pack for pack in packs if pack.state == Pack.READY],
        "may_lock": can(actor, "lock", workshop),
        "may_run": can(actor, "run", workshop),
        "agreed": {
            "values": workshop.values.count(),
            "priorities": workshop.priorities.filter(decision="agreed").count(),
            "plans": workshop.plans.count(),
            "purpose": workshop.purposes.last(),
        },
    }
    return render(request, "outputs/page.html", context)


@require_POST
def make(request: HttpRequest, code: str) -> HttpResponse:
    workshop, actor = allowed(request, "make_pack", code)
    asked = printing.ask(workshop, actor)
    if request.headers.get("HX-Request"):
        return render(request, "outputs/_progress.html", {"workshop": workshop, "newest": asked})
    return redirect("outputs", code=workshop.code)


@require_GET
def progress(request: HttpRequest, code: str) -> HttpResponse:
    workshop, _actor = allowed(request, "read_pack", code)
    return render(request, "outputs/_progress.html", {"workshop": workshop, "newest": workshop.packs.first()})


@require_GET
def download(request: HttpRequest, code: str, pk: int) -> FileResponse:
    workshop, _actor = allowed(request, "read_pack", code)
    pack = get_object_or_404(workshop.packs, pk=pk, state=Pack.READY)
    path = Path(settings.PACKS_DIR) / pack.file
    if not path.is_file():
        raise Http404
    name = f"{slugify(workshop.network.name)}-{workshop.date:%Y-%m-%d}{'-draft' if pack.draft else ''}.pdf"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/pdf")


@require_POST
def lock(request: HttpRequest, code: str) -> HttpResponse:
    """The outputs are final: nothing in the workshop changes any more, and packs are no drafts."""
    workshop, actor = allowed(request, "lock", code)
    try:
        write(workshop.pk, by=actor, verb="workshop.lock", change=Workshop.lock)
        messages.success(request, _("Locked. Packs that you make from now on are final."))
    except Conflict as problem:
        messages.error(request, problem.message)
    return redirect("outputs", code=workshop.code)


@require_POST
def unlock(request: HttpRequest, code: str) -> HttpResponse:
    workshop, actor = allowed(request, "lock", code)
    write(workshop.pk, by=actor, verb="workshop.unlock", change=Workshop.unlock, even_locked=True)
    messages.success(request, _("Open again for changes. Packs are drafts until you lock it."))
    return redirect("outputs", code=workshop.code)
