"""Signed passes: what a cookie or an address says about its bearer without asking the database.

Only pure functions. A page asks the database whether the pass still counts; a socket cannot, so it may only listen,
and the hub closes it when a render finds that its pass no longer counts.
"""

from typing import NamedTuple

from django.core import signing

_PARTICIPANT, _CONSOLE, _SCREEN = "throughline.participant", "throughline.console", "throughline.screen"


class ParticipantPass(NamedTuple):
    workshop_id: int
    participant_id: int
    secret: str


class ConsolePass(NamedTuple):
    workshop_id: int
    user_id: int


class ScreenPass(NamedTuple):
    workshop_id: int
    nonce: str


def participant_cookie(code: str) -> str:
    return f"tl-{code}"


def console_cookie(code: str) -> str:
    return f"tl-console-{code}"


def is_console_cookie(name: str) -> bool:
    return name.startswith(console_cookie(""))


def make_participant_pass(workshop_id: int, participant_id: int, secret: str) -> str:
    return signing.Signer(salt=_PARTICIPANT).sign(f"{workshop_id}.{participant_id}.{secret}")


def read_participant_pass(value: str) -> ParticipantPass | None:
    parts = _unsigned(value, _PARTICIPANT).split(".", 2)
    if len(parts) == 3 and _are_ids(*parts[:2]):
        return ParticipantPass(int(parts[0]), int(parts[1]), parts[2])
    return None


def make_console_pass(workshop_id: int, user_id: int) -> str:
    return signing.Signer(salt=_CONSOLE).sign(f"{workshop_id}.{user_id}")


def read_console_pass(value: str) -> ConsolePass | None:
    parts = _unsigned(value, _CONSOLE).split(".")
    if len(parts) == 2 and _are_ids(*parts):
        return ConsolePass(int(parts[0]), int(parts[1]))
    return None


def make_screen_pass(workshop_id: int, nonce: str) -> str:
    return signing.dumps({"w": workshop_id, "n": nonce}, salt=_SCREEN)


def read_screen_pass(value: str) -> ScreenPass | None:
    try:
        said = signing.loads(value, salt=_SCREEN)
        return ScreenPass(int(said["w"]), str(said["n"]))
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None


def _unsigned(value: str, salt: str) -> str:
    """What was signed, or nothing."""
    try:
        return signing.Signer(salt=salt).unsign(value)
    except signing.BadSignature:
        return ""


def _are_ids(*parts: str) -> bool:
    return all(part.isascii() and part.isdecimal() for part in parts)
