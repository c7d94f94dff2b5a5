"""The only view through which phones and the console change anything in an activity."""

import re

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from activities.kind import PARTICIPANT, Action, kind_of
from facilitation import access, console, phone, zones
from facilitation.live.hub import hub
from workshops.models import Activity, Participant, Workshop
from workshops.policy import Actor, actor_of_participant, can
from workshops.problems import Conflict, Replay
from workshops.write import Written, digest_of, write

NOT_CONTENT = {"csrfmiddlewaretoken", "key"}
# As zones.py and static/js/seat.js make them. The dot is in no other key: chance alone makes "p5-" of some letters.
KEY_OF_A_SEAT = re.compile(r"p(\d{1,18})\.")
A_CROWD = 8  # requests under way in this process, two for each of its threads


@require_POST
def act(request: HttpRequest, code: str, activity_pk: int, action: str) -> HttpResponse:
    """One action in one activity. 200 with the sender's own zone, 422 with the form, 409 when the room has moved on."""
    activity, participant = access.activity_by(request, code, activity_pk)
    workshop = activity.workshop
    form_class = kind_of(activity).actions.get(action)
    if form_class is None:
        raise Http404
    actor, participant = _who(request, workshop, participant, form_class)
    form = form_class(request.POST, activity=activity, participant=participant)
    written = None
    if _written_by_another(request, participant):
        if "X-Throughline" in request.headers:
            return HttpResponse(status=409, headers={"X-Other-Seat": "1"})
        status, message = 409, _("This was written under another name on this phone, so it was not sent.")
    elif form.is_valid():
        form, status, message, written = _perform(request, workshop, actor, form, f"{activity.kind}.{action}")
    else:
        status, message = 422, ""
    return _answer(request, workshop, activity, participant, form, status, message, written)


def _written_by_another(request: HttpRequest, participant: Participant | None) -> bool:
    """The page of somebody who sat here before is still open on this phone: its keys say for whom they were made."""
    made_for = KEY_OF_A_SEAT.match(request.POST.get("key", ""))
    return participant is not None and made_for is not None and int(made_for[1]) != participant.pk


def _who(
    request: HttpRequest, workshop: Workshop, participant: Participant | None, form_class: type[Action]
) -> tuple[Actor, Participant | None]:
    """Whose action this is: the person's with the pass, or a facilitator's. A stranger's is nobody's: 404."""
    if form_class.by != PARTICIPANT:
        participant = None
        actor, right = access.signed_in(request, workshop), "run"
    elif participant is None:
        raise Http404
    else:
        actor, right = actor_of_participant(participant), "take_part"
    if not can(actor, right, workshop):
        raise Http404
    return actor, participant


def _perform(
    request: HttpRequest, workshop: Workshop, actor: Actor, form: Action, verb: str
) -> tuple[Action, int, str, Written | None]:
    """(the form as it was judged last, status, message, what was written)"""

    def change(locked: Workshop, activity: Activity | None):
        nonlocal form
        if activity is None:
            raise Activity.DoesNotExist
        activity.workshop = locked
        form.activity = activity  # by which it is judged
        late = form.needs_open and activity.lateness()
        if late and not form.accepts_late:
            raise Conflict(_("“%(title)s” is closed.") % {"title": activity.title})
        form = form.judged_again(activity)
        form.late = late
        return form.perform()

    sent = [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_CONTENT]
    digest = digest_of([*sent, ("activity", str(form.activity.pk)), ("verb", verb)])
    key = access.key_in(request)
    if form.by == PARTICIPANT and "X-Throughline" not in request.headers:
        key = _sent_just_before(workshop, actor, digest) or key
    try:
        this = Activity.objects.wanted(id=form.activity.pk, workshop=workshop.pk)
        written = write(workshop.pk, by=actor, verb=verb, change=change, also=[this], key=key, digest=digest)
    except ValidationError as problem:
        form.add_error(None, problem)
    except Replay:
        form.add_error(None, _("This was sent before with other words. Please send it again."))
    except Conflict as problem:
        return form, 409, problem.message, None
    except Activity.DoesNotExist:
        raise Http404 from None
    else:
        return form, 200, "", written
    return form, 422, "", None


def _sent_just_before(workshop: Workshop, actor: Actor, digest: str) -> str:
    """The key of this person's last answer, if it said the same.

    On a phone without scripts Back brings the old words with a new key: the same form twice in a row is one wish.
    """
    last = workshop.receipts.filter(actor=actor.label).order_by("-pk").values_list("key", "digest").first()
    return last[0] if last and last[1] == digest else ""


def _answer(
    request: HttpRequest,
    workshop: Workshop,
    activity: Activity,
    participant: Participant | None,
    form: Action,
    status: int,
    message: str,
    written: Written | None,
) -> HttpResponse:
    scripted = "X-Throughline" in request.headers
    if status == 200 and not scripted:
        if participant:
            messages.success(request, _("Sent ✓"))
        return redirect("phone" if participant else "console", code=workshop.code)
    if status == 200 and participant and _many_wait(request):
        return _head(HttpResponse(headers={"X-Later": "1"}), activity, written)
    failed = form if status != 200 else None
    if written and not written.replayed and participant:
        # As they were read under the lock, with what has just been done to them.
        workshop, activity = form.activity.workshop, form.activity
        hub.room_first(workshop.pk, written.version)
    else:
        workshop, activity = access.workshop_by(workshop.code), workshop.activities.get(pk=activity.pk)
    if participant is not None:
        html = zones.mine(request, workshop, participant, activity=activity, failed=failed, message=message)
        answer = HttpResponse(html) if scripted else phone.page(request, workshop, participant, mine_html=html)
    else:
        html = zones.desk(request, workshop, failed=failed, message=message)
        answer = HttpResponse(html) if scripted else console.page(request, workshop, desk_html=html)
    answer.status_code = status
    # A refusal names what it was judged by: opened again since, the words may go once more (static/js/sender.js).
    return _head(answer, form.activity if status == 409 else activity, written)


def _many_wait(request: HttpRequest) -> bool:
    """Whether so many requests are under way that "sent" comes first, and the zone when the phone asks for it."""
    return getattr(request, "scope", {}).get("waiting", 0) > A_CROWD


def _head(answer: HttpResponse, activity: Activity, written: Written | None) -> HttpResponse:
    answer["X-Mine"] = activity.mine_key
    if written is not None:
        answer["X-Version"], answer["X-Made"] = str(written.version), written.made_pk
    return answer
