"""What people read when a door is closed or something broke: what happened, and what to do."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from config.middleware import come_back, is_away


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django takes a session that cannot be saved, for whatever reason, for one that was ended meanwhile: 400."""
    problem: BaseException | None = exception
    while problem is not None:
        if is_away(problem):
            return come_back(request, problem)
        problem = problem.__context__
    # Without the request: Django's own page asks for the form again, and so for what could not be read.
    return HttpResponse(render_to_string("errors/400.html"), status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """Whatever nobody caught, a middleware's exceptions included. Asks for nothing that may be what is broken."""
    problem = sys.exception()
    if is_away(problem):
        return come_back(request, problem)
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/403.html", status=403)
