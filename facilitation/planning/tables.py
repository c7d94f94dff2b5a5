"""Tables: mixed ones for each round, shown in words and as lists to print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from facilitation.planning.gate import planner
from workshops.models import Workshop
from workshops.policy import Actor


@require_GET
@planner
def show(request: HttpRequest, workshop: Workshop, actor: Actor) -> HttpResponse:
    return render(request, "workshops/tables.html", {"workshop": workshop})


@require_POST
@planner
def mix(request: HttpRequest, workshop: Workshop, actor: Actor) -> HttpResponse:
    return redirect("tables", code=workshop.code)
