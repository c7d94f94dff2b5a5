"""Two thin layers round every request: what to say when the database cannot answer, and headers for every page."""

import logging

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = logging.getLogger(__name__)


def unavailable(get_response):
    """A database that is locked, full, restarting or gone is a 503 with Retry-After: the phone keeps the words."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, problem: Exception) -> HttpResponse | None:
        gone = isinstance(problem, (OperationalError, InterfaceError)) or type(problem).__name__ == "PoolTimeout"
        if not gone:
            return None
        log.error(
            "The database did not answer at %s: %s",
            request.resolver_match and request.resolver_match.view_name,
            problem,
        )
        answer = render(request, "errors/503.html", status=503)
        answer["Retry-After"] = "2"
        return answer

    middleware.process_exception = process_exception
    return middleware


def headers(get_response):
    """Nothing personal is kept by a browser or a proxy, and no page may use sensors."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        answer.setdefault("Cache-Control", "no-store")
        answer.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        answer.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return answer

    return middleware
