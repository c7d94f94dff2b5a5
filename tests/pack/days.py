"""Days for packs: empty, with one stage, with everything, and with what people really type."""

from datetime import date, timedelta

from django.utils import timezone

from tests import factories
from workshops.models import (
    AccessNeed,
    Alignment,
    Card,
    Commitment,
    Driver,
    Plan,
    Priority,
    Purpose,
    ReviewDate,
    Theme,
    Value,
    Workshop,
)

PLACES = ("Larkham", "Thornbeck", "Castlemoor", "Fenwater", "Wyndale")
# What people type, or paste: each goes into every kind of text once.
HOSTILE = (
    "A" * 5000,
    "<script>alert(1)</script><b>bold</b> & <img src=file:///etc/passwd> {{ workshop }} {% include 'x' %}",
    "שלום עולם, זה סיפור של יום אחד במחלקה (עם סוגריים) 2026",
    "مرحبا بالعالم، هذه قصة يوم واحد",
    "Party 🎉👩‍⚕️👍🏽 and a heart ❤️",
    "Z̸̢̛̺͇̑̈́a̵̡̨̛̲͎͗l̶̨̛̟͈̈́g̷̨̛͎̲̈́o̸̢̻͎͗̈́ " * 8,
    "漢字かな交じり文、한국어, हिन्दी, ไทย",
    "\u202eright to left override\u202c and \u2066isolates\u2069",
    "tab\tand\x07bell\x1b[31m and\nnew\n\n\nlines",
    "https://example.org/" + "very-long-path/" * 40,
)


def open_all(workshop: Workshop) -> None:
    """As after a day on which every activity was opened and closed."""
    now = timezone.now()
    workshop.activities.update(state="closed", times_opened=1, opened_at=now, closed_at=now)


def many_people(workshop: Workshop, many: int) -> list:
    people = [
        factories.join(workshop, f"Person {at:02d}", PLACES[at % len(PLACES)], "Nurse", role_group=f"group {at % 4}")
        for at in range(many)
    ]
    for round_ in workshop.rounds.all():
        for at, person in enumerate(people):
            factories.seat(round_, f"T{(at + round_.number * (at // 6)) % 6 + 1}", person)
    return people


def fill(workshop: Workshop, many: int = 6, words=lambda at: f"Words number {at}") -> None:
    """`many` of everything that a day can leave behind, each text being `words(n)`."""
    people = many_people(workshop, many)
    open_all(workshop)
    stories = told(workshop, people, words)
    valued(workshop, people, words)
    chosen(workshop, people, stories, words)
    planned(workshop, people, words)


def told(workshop, people, words):
    circle, wall = factories.activity(workshop, "s1a"), factories.activity(workshop, "s1c")
    stories = [
        circle.put_up(words(at), by=person, sharing=Card.WITH_ROLE, fields={"key_words": [words(at)[:30]]})
        for at, person in enumerate(people)
    ]
    for at, story in enumerate(stories):
        theme = Theme.objects.create(
            activity=wall, name=words(at)[:80], gist=words(at)[:300], key_words=[words(at)[:40]], position=at
        )
        theme.take_in(story)
    return stories


def valued(workshop, people, words):
    ideas, drafts = factories.activity(workshop, "s2a"), factories.activity(workshop, "s2e")
    for at, person in enumerate(people):
        ideas.put_up(words(at)[:80], by=person)
        value = Value.objects.create(
            workshop=workshop, name=words(at)[:60], statement=words(at)[:300], how_we_will_notice=words(at)[:300]
        )
        for will in (True, False):
            value.add(words(at)[:240], will=will)
    cards = [drafts.put_up(words(at), by=person) for at, person in enumerate(people)]
    for at in range(min(3, len(people))):
        version = Purpose.put(workshop, words(at), short_form=words(at)[:200], sources=cards, made_by=people[:3])
        version.object(words(at), resolved_by=words(at))


def chosen(workshop, people, stories, words):
    long_list, vote = factories.activity(workshop, "s3b"), factories.activity(workshop, "s3d")
    for at, person in enumerate(people):
        card = long_list.put_up(words(at)[:120], by=person, fields={"description": words(at)[:300]})
        card.grew_from.add(stories[at])
        vote.cast(at % 5 + 1, by=person, card=card)
        priority = Priority.objects.create(
            workshop=workshop,
            title=words(at)[:120],
            one_line=words(at)[:300],
            why=words(at),
            keeper=person,
            position=at,
            decision=Priority.HELD if at % 4 == 3 else Priority.AGREED,
            purpose_link=words(at)[:200],
        )
        priority.cards.add(card)
        driver = Driver.objects.create(
            network=workshop.network,
            title=words(at)[:160],
            summary=words(at),
            sources=[{"publisher": words(at)[:80], "date": "2026-02-04"}],
            organisation=person.organisation if at % 2 else None,
        )
        Alignment.objects.create(priority=priority, driver=driver, strength=at % 2 + 1)


def planned(workshop, people, words):
    for at, priority in enumerate(workshop.priorities.filter(decision=Priority.AGREED)):
        person, text = people[at % len(people)], words(at)
        plan = Plan.begin(priority)
        plan.fill_in(
            ambition=text[:350],
            why_it_matters=text[:200],
            purpose_link=text[:200],
            measures=[{"name": text[:160], "baseline": text[:80], "target": text[:80], "frequency": "weekly"}] * 3,
            resources={"people": text[:200], "money": text[:200], "time": text[:200]},
            risks=[{"text": text[:200], "response": text[:200]}] * 2,
            depends_on=[{"text": text[:200], "priority": priority.pk}],
            first_step=text[:240],
            first_step_by=workshop.date + timedelta(days=7),
            stop_doing=text[:240],
            confidence=3,
        )
        plan.name_lead(person)
        plan.deputies.add(*people[:2])
        for number in range(3):
            plan.actions.create(
                text=text[:240],
                lead=person,
                deputy=people[0],
                by=workshop.date + timedelta(days=60 * (number + 1)),
                output=text[:200],
                position=number,
            )
        workshop.commitments.create(participant=person, text=text[:140], by=workshop.date, with_name=at % 2 == 0)
        workshop.open_questions.create(text=text[:300], owner=person, answer_by=workshop.date)
    ReviewDate.objects.create(workshop=workshop, on=date(2027, 3, 25), what=words(0)[:160], format=words(1)[:160])


def with_secrets(workshop: Workshop) -> None:
    """A small day; every text that must not be printed has SECRET in it, and the names of its people are odd ones."""
    fill(workshop, 7, lambda at: f"Something plain, number {at}")
    people = list(workshop.participants.all())
    for person, name in zip(people, ODD_NAMES, strict=True):
        person.correct(name=name, role="Nurse")
    AccessNeed.objects.create(participant=people[0], need="SECRET access need")
    for ref in ("s1a", "s1b", "s2a", "s2e", "s3b"):
        activity = factories.activity(workshop, ref)
        for state in (Card.HELD, Card.HIDDEN, Card.WITHDRAWN):
            activity.put_up(f"SECRET {state}", by=people[0], state=state, fields={"key_words": [f"SECRET {state}"]})
    stories = factories.activity(workshop, "s1a")
    themes = list(Theme.objects.filter(activity__workshop=workshop))
    for sharing in (Card.THEMES_ONLY, Card.TABLE_ONLY):
        words = {"key_words": [f"SECRET {sharing}"]}
        story = stories.put_up(
            f"SECRET story that goes no further, {sharing}", by=people[1], sharing=sharing, fields=words
        )
        themes[0].take_in(story)
    quoted = "SECRET words of a story told for the table alone and nobody else at all"
    stories.put_up(quoted, by=people[1], sharing=Card.TABLE_ONLY)
    plan = workshop.plans.first()
    plan.fill_in(why_it_matters=f"As was said: {quoted}.")
    for sharing in (Commitment.TABLE, Commitment.ME):
        workshop.commitments.create(participant=people[2], text="SECRET commitment", sharing=sharing)
    workshop.commitments.create(participant=people[2], text="SECRET hidden commitment", state="hidden")
    vote = factories.activity(workshop, "s2c")
    for person in people:
        vote.cast(1, by=person, theme=themes[0])
    workshop.activities.filter(pk=vote.pk).update(state="open")


# Seven names that stand in no other text.
ODD_NAMES = (
    "Zebedee Quill",
    "Xanthe Orrin",
    "Ptolemy Vance",
    "Isolde Kray",
    "Caspian Wold",
    "Thirza Lunt",
    "Odalys Fenn",
)
