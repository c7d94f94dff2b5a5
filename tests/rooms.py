"""What tests of rooms ask again and again: what is seen where, an activity that closed a while ago, odd input."""

import re
import secrets
from contextlib import contextmanager
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

from django.db import connection
from django.forms import CharField
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from activities.kind import FACILITATOR, kind_of
from facilitation.live import surfaces
from tests import factories
from workshops.models import Activity, Workshop

NEVER = "9" * 30
# What a broken script, a curious person or a scanner sends: none of it may ever be a 500.
ODD = (
    *("", "\n\r\n", "-1", NEVER, "1e999", "NaN", "١٢", "a\x00b", "\ud800", "x" * 6000, "%s %d %(a)s"),
    *("<script>alert(1)</script>", "[" * 5000, '"\\ud800"', "9999-12-31", "2026-02-30"),
)


def fresh(activity: Activity) -> Activity:
    return Activity.objects.select_related("workshop__network", "seating", "draws_on").get(pk=activity.pk)


def shown(activity: Activity, surface: str) -> str:
    """What everybody gets on a surface (phone, console, screen), as words."""
    return readable(surfaces.shared(Workshop.objects.get(pk=activity.workshop_id), surface))


def pushed(activity: Activity, table=None) -> str:
    """All that reaches people who are not at the console: phones, the screen, a table's own part."""
    workshop = Workshop.objects.get(pk=activity.workshop_id)
    parts = [surfaces.shared(workshop, "phone"), surfaces.shared(workshop, "screen")]
    if table:
        parts.append(surfaces.table_zone(workshop, fresh(activity), table))
    return readable(" ".join(parts))


def printed(activity: Activity) -> str:
    """The room's section of the pack."""
    kind, activity = kind_of(activity), fresh(activity)
    told = {"workshop": activity.workshop, "activity": activity, **kind.pack(activity)}
    return readable(render_to_string(kind.face("pack"), told))


def mine(person) -> str:
    """The personal part of somebody's phone."""
    return readable(factories.phone_of(person).get(reverse("mine", args=[person.workshop.code])).content.decode())


def desk(client, activity: Activity) -> str:
    return readable(client.get(reverse("desk", args=[activity.workshop.code])).content.decode())


def polled(client, activity: Activity, surface: str = "phone") -> str:
    """What the version GET answers to somebody who has seen nothing yet."""
    return client.get(reverse("version", args=[activity.workshop.code, surface]) + "?v=0").content.decode()


def said(answer) -> str:
    """The zone that came back, as words and field values."""
    return readable(answer.content.decode())


def readable(html: str) -> str:
    """Without what the clock says, which is another every time."""
    return " ".join(unescape(re.sub(r'data-ends-in-ms="-?\d+"', "", html)).split())


def words_on_screen(activity: Activity) -> int:
    """How many words the room's own part puts in front of everybody; a room can read about thirty."""
    kind, activity = kind_of(activity), fresh(activity)
    told = {"workshop": activity.workshop, "activity": activity, **kind.shared(activity), **kind.screen(activity)}
    html = render_to_string(kind.face("screen"), told)
    return len(re.findall(r"\w[\w’'-]*", readable(strip_tags(html.replace("<", " <")))))


def closed_for(activity: Activity, minutes: int) -> Activity:
    """The same activity, as if it had been closed so many minutes ago."""
    Activity.objects.filter(pk=activity.pk).update(closed_at=timezone.now() - timedelta(minutes=minutes))
    return fresh(activity)


def after_grace(activity: Activity) -> Activity:
    return closed_for(factories.close(activity), 16)


def field_error(answer, words: str) -> bool:
    """Whether these words stand as an error beside a field."""
    return any(words in readable(error) for error in re.findall(r'<p class="error">(.*?)</p>', answer.content.decode()))


@contextmanager
def a_moment_before(happens):
    """What is sent inside has been found good and is about to be written; then, and only then, `happens()`."""
    happened = []

    def watch(execute, sql, params, many, context):
        if sql.startswith("SAVEPOINT") and not happened:  # with which every write begins inside a test
            happened.append(True)
            happens()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
    assert happened == [True]


def breaks(activity: Activity, person, ada) -> set[tuple[str, str, int]]:
    """Odd words in every field of every action of the room. Returns (action, field, status) of each 5xx."""
    phone, console = factories.phone_of(person), factories.console_of(ada)
    phone.raise_request_exception = console.raise_request_exception = False
    failed = set()
    for name, action in kind_of(activity).actions.items():
        by_ada = action.by == FACILITATOR
        form = action(activity=activity, participant=None if by_ada else person)
        good = [(field, good_value(form, field)) for field in form.fields]
        tries = [("all", [(field, odd) for field, _good in good]) for odd in ODD]
        choices = [field for field, _good in good if not isinstance(form.fields[field], CharField)]
        tries += [(field, [*good, (field, odd)]) for field in choices for odd in (NEVER, "[" * 5000)]
        tries += [("lists", [(field, one) for field, _good in good for one in ("1", "1", NEVER, "x")])]
        for field, sent in tries:
            status = post_raw(console if by_ada else phone, activity, name, sent)
            if status >= 500:
                failed.add((name, field, status))
    return failed


def too_long_for(activity: Activity, person) -> set[tuple[str, str]]:
    """The fields (action, field) of the room that break on a number beyond any key, alone or beside a good one."""
    broken = set()
    for name, action in kind_of(activity).actions.items():
        known = {"activity": activity, "participant": None if action.by == FACILITATOR else person}
        for field in action(**known).fields:
            good = good_value(action(**known), field)
            for values in ([NEVER[:25]], [good, NEVER[:25]], ["9" * 19], ["-" + NEVER[:25]]):
                sent = QueryDict(mutable=True)
                sent.setlist(field, values)
                try:
                    action(sent, **known).is_valid()
                except OverflowError:
                    broken.add((name, field))
    return broken


def post_raw(client, activity: Activity, action: str, pairs) -> int:
    """As a script would, without the politeness of a browser."""
    body = urlencode([("key", secrets.token_urlsafe(18)), *pairs], errors="surrogatepass")
    url = reverse("act", args=[activity.workshop.code, activity.pk, action])
    form = "application/x-www-form-urlencoded"
    return client.post(url, body, content_type=form, headers={"X-Throughline": "1"}).status_code


def good_value(form, field: str):
    """Something that this field accepts, where that is easy to find."""
    asked = form.fields[field]
    if hasattr(asked, "queryset"):
        found = asked.queryset.first()
        return str(found.pk) if found else ""
    choices = [value for value, _label in getattr(asked, "choices", ()) if value != ""]
    return str(choices[0]) if choices else "some words"
