"""Who is asking: finds the workshop, the participant and the actor behind a request. Strangers get 404."""

from django.core.exceptions import BadRequest
from django.db.models import BigIntegerField
from django.http import Http404, HttpRequest, HttpResponse

from facilitation import passes
from workshops.models import Activity, Participant, Workshop
from workshops.models.workshop import tidy_code
from workshops.policy import NOBODY, Actor, actor_of_user, can
from workshops.restoring import RESTORED
from workshops.statements import send

A_DAY = 60 * 60 * 24
LONGEST_KEY = 64  # as a receipt has it; cut shorter, two keys could become one


def workshop_by(code: str) -> Workshop:
    """The workshop with this code. Raises Http404."""
    try:
        return Activity.objects.workshop_with_current(code=tidy_code(code))
    except Workshop.DoesNotExist:
        raise Http404 from None


def activity_by(request: HttpRequest, code: str, pk: int) -> tuple[Activity, Participant | None]:
    """This activity of the workshop with this code, and the participant whose pass this browser carries for it.

    Raises Http404 where there is no such activity.
    """
    if pk > BigIntegerField.MAX_BIGINT:
        raise Http404  # `wanted` gives it to the database as it is, and SQLite's driver takes none that long
    found = passes.read_participant_pass(request.COOKIES.get(passes.participant_cookie(tidy_code(code)), ""))
    workshop, activity, person = send(
        Workshop.objects.wanted(code=tidy_code(code)),
        Activity.objects.wanted(id=pk),
        Participant.objects.wanted(id=found.participant_id if found else 0),
    )
    if workshop is None or activity is None or activity.workshop_id != workshop.pk:
        raise Http404
    activity.workshop = workshop
    return activity, _sitting(found, workshop, person)


def _sitting(
    found: passes.ParticipantPass | None, workshop: Workshop, person: Participant | None
) -> Participant | None:
    """`person`, if this pass is theirs and still counts for `workshop`."""
    if found is None or person is None or not found.workshop_id == person.workshop_id == workshop.pk:
        return None
    return person if person.removed_at is None and person.knows(found.secret) else None


def key_in(request: HttpRequest) -> str:
    """The key with which this was sent, or "". Raises BadRequest for what is none: PostgreSQL keeps no NUL."""
    key = request.POST.get("key", "")
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise BadRequest("Malformed key.")
    return key


def participant_in(request: HttpRequest, workshop: Workshop) -> Participant | None:
    """The participant whose pass this browser carries for `workshop`, while it still counts."""
    found = passes.read_participant_pass(request.COOKIES.get(passes.participant_cookie(workshop.code), ""))
    if found is None or found.workshop_id != workshop.pk:
        return None
    (person,) = send(Participant.objects.wanted(id=found.participant_id))
    return _sitting(found, workshop, person)


def seat_unknown_here(request: HttpRequest, workshop: Workshop) -> int | None:
    """The seat this browser's pass names, where a restored copy does not know it: its bearer joined after the copy.

    Our signature says that the seat was this phone's, and restoring gives no number twice, so it is nobody else's.
    """
    found = passes.read_participant_pass(request.COOKIES.get(passes.participant_cookie(workshop.code), ""))
    if found is None or found.workshop_id != workshop.pk or not workshop.journal.filter(verb=RESTORED).exists():
        return None
    return None if Participant.objects.filter(pk=found.participant_id).exists() else found.participant_id


def newest_for(request: HttpRequest, code: str) -> int | None:
    """The version of this workshop, if this browser's pass counts. Everybody asks for it all day: one small query."""
    found = passes.read_participant_pass(request.COOKIES.get(passes.participant_cookie(tidy_code(code)), ""))
    return Participant.objects.newest_for(found.participant_id, tidy_code(code), found.secret) if found else None


def signed_in(request: HttpRequest, workshop: Workshop) -> Actor:
    return actor_of_user(request.user, workshop)


def allowed(request: HttpRequest, action: str, code: str) -> tuple[Workshop, Actor]:
    """The workshop and the signed-in actor, if they may do `action` there. Raises Http404 otherwise."""
    workshop = workshop_by(code)
    actor = signed_in(request, workshop)
    if not can(actor, action, workshop):
        raise Http404
    return workshop, actor


def give_pass(answer: HttpResponse, workshop: Workshop, participant: Participant, secret: str, secure: bool) -> None:
    """The cookie by which this phone is this person, in this workshop only."""
    answer.set_cookie(
        passes.participant_cookie(workshop.code),
        passes.make_participant_pass(workshop.pk, participant.pk, secret),
        max_age=120 * A_DAY,
        httponly=True,
        samesite="Lax",
        secure=secure,
    )


def give_console_pass(answer: HttpResponse, workshop: Workshop, user_id: int, secure: bool) -> None:
    """The cookie that lets this console's socket in; the socket itself never asks the database."""
    answer.set_cookie(
        passes.console_cookie(workshop.code),
        passes.make_console_pass(workshop.pk, user_id),
        max_age=A_DAY,
        httponly=True,
        samesite="Strict",
        secure=secure,
    )


__all__ = ["NOBODY", "allowed", "give_console_pass", "give_pass", "participant_in", "signed_in", "workshop_by"]
