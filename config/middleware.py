"""Two thin layers round every request: what to say when the database cannot answer, and headers for every page."""

import errno
import logging
import sqlite3

from django.db import Error, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)

RETRY_AFTER = "2"
# What may be over in a moment. Not SQLITE_ERROR, which is a mistake of ours, and also comes as an OperationalError.
SQLITE_PASSES = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
}
POSTGRESQL_PASSES = {"25006", "25P03", "25P04"}  # read-only for now; a transaction that was ended for taking too long
DISK_PASSES = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


def is_away(problem: BaseException | None) -> bool:
    """Whether the database, or its disk, cannot answer now: locked, full, read-only, restarting, gone."""
    if isinstance(problem, OSError):
        return problem.errno in DISK_PASSES
    if not isinstance(problem, Error):
        return False
    code = getattr(problem.__cause__, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in SQLITE_PASSES
    state = getattr(problem.__cause__, "sqlstate", None)
    return state in POSTGRESQL_PASSES or isinstance(problem, OperationalError | InterfaceError)


def come_back(request: HttpRequest, problem: BaseException | None) -> HttpResponse:
    """503 with Retry-After: a phone keeps its words and tries again, a person reads a page."""
    place = request.resolver_match and request.resolver_match.view_name
    log.error("The database did not answer at %s: %s", place, problem)
    if "X-Throughline" in request.headers:
        words = _("The server is busy. Your words are kept on this phone and sent again.")
        answer = HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
    else:
        answer = HttpResponse(render_to_string("errors/503.html"), status=503)
    answer["Retry-After"] = RETRY_AFTER
    return answer


def unavailable(get_response):
    """For views. What goes wrong in another middleware (sessions, auth) ends in config.errors.broken."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, problem: Exception) -> HttpResponse | None:
        return come_back(request, problem) if is_away(problem) else None

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
