"""Who may listen: decided from the handshake alone, by signature and origin. Never asks the database."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import parse_cookie
from django.http.request import validate_host

from facilitation import passes
from facilitation.live.snapshot import CONSOLE, PHONE, SCREEN
from workshops.models import Participant

Scope = dict[str, Any]
_DEFAULT_PORT = {"http": ":80", "https": ":443"}


class Seat(NamedTuple):
    workshop_id: int
    surface: str
    participant: int | None = None
    proof: str = ""  # what the next render holds against what counts by then


def seat_of(scope: Scope) -> Seat | None:
    """The seat this handshake has a right to; None refuses it."""
    if not from_our_own_page(scope):
        return None
    route = scope["url_route"]["kwargs"]
    if "token" in route:
        screen = passes.read_screen_pass(route["token"])
        return Seat(screen.workshop_id, SCREEN, proof=screen.nonce) if screen else None
    code = str(route.get("code", "")).replace("-", "").upper()
    cookies = parse_cookie(_header(scope, b"cookie") or "")
    if route.get("surface") == PHONE:
        phone = passes.read_participant_pass(cookies.get(passes.participant_cookie(code), ""))
        return phone and Seat(phone.workshop_id, PHONE, phone.participant_id, Participant.hashed(phone.secret))
    if route.get("surface") == CONSOLE:
        console = passes.read_console_pass(cookies.get(passes.console_cookie(code), ""))
        return Seat(console.workshop_id, CONSOLE, proof=str(console.user_id)) if console else None
    return None


def from_our_own_page(scope: Scope) -> bool:
    """Scheme, host and port of Origin are those this request came to, and the host is one of ours.

    A browser sends Origin with every handshake, so one that is missing or "null" is not one of our pages.
    """
    host, origin = _header(scope, b"host"), _header(scope, b"origin")
    if not host or not origin:
        return False
    scheme = _scheme(scope)
    host = host.lower().removesuffix(_DEFAULT_PORT[scheme])
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return origin.lower() == f"{scheme}://{host}" and validate_host(name, _allowed_hosts())


def _allowed_hosts() -> list[str]:
    if settings.DEBUG and not settings.ALLOWED_HOSTS:
        return [".localhost", "127.0.0.1", "[::1]"]
    return list(settings.ALLOWED_HOSTS)


def _scheme(scope: Scope) -> str:
    """As the browser saw it: Daphne names no scheme for sockets, a proxy says it in the header settings trust."""
    trusted = getattr(settings, "SECURE_PROXY_SSL_HEADER", None)
    if trusted:
        name, secure = trusted
        said = _header(scope, name.removeprefix("HTTP_").replace("_", "-").lower().encode()) or ""
        return "https" if said.split(",")[0].strip() == secure else "http"
    return "https" if scope.get("scheme") == "wss" else "http"


def _header(scope: Scope, name: bytes) -> str | None:
    """The one header of that name; none if it is missing or there are several."""
    values = [value for key, value in scope["headers"] if key == name]
    return values[0].decode("latin-1") if len(values) == 1 else None
