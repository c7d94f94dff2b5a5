"""Who may plan what, and how a change is carried out and answered for a page with plain forms."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse

from facilitation import access
from workshops.models import Network, Workshop
from workshops.policy import Actor, actor_in_network, can
from workshops.problems import Conflict
from workshops.write import Written, write


def planner(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view gets the workshop of `code` and its actor; whoever may not plan it gets 404."""

    @wraps(view)
    def inner(request: HttpRequest, code: str, **more: Any) -> HttpResponse:
        workshop, actor = access.allowed(request, "plan", code)
        return view(request, workshop, actor, **more)

    return inner


def keeper(view: Callable[..., HttpResponse] | None = None, *, may: str = "plan"):
    """The view gets the network of `pk` and its actor; whoever may not do `may` there gets 404."""
    if view is None:
        return partial(keeper, may=may)

    @wraps(view)
    def inner(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
        network = Network.objects.filter(pk=pk).first()
        actor = actor_in_network(request.user, network) if network else None
        if network is None or actor is None or not can(actor, may, network):
            raise Http404
        return view(request, network, actor, **more)

    return inner


def carry_out(
    request: HttpRequest,
    workshop: Workshop,
    actor: Actor,
    verb: str,
    change: Callable[[Workshop], models.Model | None],
    done: str = "",
) -> Written | None:
    """Write it, and say so on the next page. None, and the reason on the next page, when it could not be done."""
    try:
        written = write(workshop.pk, by=actor, verb=verb, change=change)
    except Conflict as problem:
        messages.error(request, problem.message)
        return None
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return None
    if done:
        messages.success(request, done)
    return written
