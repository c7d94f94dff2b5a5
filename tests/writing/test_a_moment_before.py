"""Somebody else is a moment faster, after a form was judged and before it had the lock: what they did counts."""

import secrets

import pytest
from django.urls import reverse

from tests import factories, rooms
from tests.factories import act, activity, make_activity, open_, phone_of
from workshops.models import Card, Plan, Priority, Value
from workshops.problems import Conflict


@pytest.fixture
def themes(workshop):
    """A wall with three groups, closed."""
    wall = make_activity(workshop, "cluster")
    for name in ("Waits", "Words", "Wheels"):
        wall.themes.create(name=name)
    return wall


@pytest.fixture
def plan(workshop):
    return Plan.begin(Priority.objects.create(workshop=workshop, title="One door for referrals", position=1))


@pytest.fixture
def planning(workshop, plan):
    return open_(make_activity(workshop, "action_plan", stage="plans"))


def change(phone, planning, **data):
    """The form of an action that has a field of the name `action`."""
    url = reverse("act", args=[planning.workshop.code, planning.pk, "action"])
    return phone.post(url, {"key": secrets.token_urlsafe(18), **data}, headers={"X-Throughline": "1"})


def rows(plan, table):
    return getattr(Plan.objects.get(pk=plan.pk), table)


@pytest.mark.parametrize(
    ("action", "table", "field"),
    [("risk", "risks", "text"), ("measure", "measures", "name"), ("depends", "depends_on", "text")],
)
def test_two_rows_written_at_once_are_both_kept(action, table, field, planning, plan, ben, chi):
    sent = []
    with rooms.a_moment_before(
        lambda: sent.append(act(phone_of(chi), planning, action, plan=plan.pk, **{field: "Snow"}).status_code)
    ):
        sent.append(act(phone_of(ben), planning, action, plan=plan.pk, **{field: "Flu"}).status_code)
    assert (sent, rows(plan, table)) == ([200, 200], [{field: "Snow"}, {field: "Flu"}])


def test_an_earlier_wording_is_kept_when_somebody_else_adds_a_row_at_once(planning, plan, ben, chi):
    act(phone_of(chi), planning, "save", plan=plan.pk, ambition="Ninety")
    with rooms.a_moment_before(
        lambda: act(phone_of(chi), planning, "save", plan=plan.pk, ambition="Ninety-six", was_ambition="Ninety")
    ):
        act(phone_of(ben), planning, "risk", plan=plan.pk, text="Flu")
    assert rows(plan, "earlier") == [{"field": "ambition", "text": "Ninety"}]


def test_an_action_that_was_taken_out_does_not_come_back(planning, plan, ben):
    action = plan.actions.create(text="Agree a dictionary", position=1)
    with rooms.a_moment_before(action.delete):
        answer = change(phone_of(ben), planning, plan=plan.pk, action=action.pk, text="Agree a longer one")
    assert (answer.status_code, list(plan.actions.all())) == (409, [])


@pytest.mark.parametrize(
    ("kind", "action", "ballot"),
    [("dot_vote", "vote", {"opt-theme:{}": "1"}), ("ranking", "rank", {"rank-1": "{}"})],
    ids=["dots", "ranks"],
)
def test_a_vote_for_a_group_that_was_joined_to_another_is_refused_in_words(kind, action, ballot, themes, workshop, ben):
    waits, words, _wheels = themes.themes.all()
    vote = open_(make_activity(workshop, kind, draws_on=themes))
    sent = {name.format(words.pk): value.format(words.pk) for name, value in ballot.items()}
    with rooms.a_moment_before(lambda: words.merge_into(waits)):
        answer = act(phone_of(ben), vote, action, **sent)
    assert (answer.status_code, vote.marks.count()) == (409, 0)
    assert ("no longer on" in rooms.said(answer)) is True


def test_links_to_a_value_that_was_dropped_are_refused_in_words(planning, plan, workshop, ben):
    value = Value.objects.create(workshop=workshop, name="Fairness", position=1)
    with rooms.a_moment_before(lambda: Value.objects.get(pk=value.pk).drop()):
        answer = act(phone_of(ben), planning, "links", plan=plan.pk, values=[value.pk])
    assert (answer.status_code, plan.values.count()) == (409, 0)
    assert ("What you chose is not on the list any more. Choose again." in rooms.said(answer)) is True


def test_a_sign_up_for_a_priority_that_was_dropped_is_refused_in_words(workshop, ben):
    priority = Priority.objects.create(workshop=workshop, title="One door for referrals", position=1)
    sign_up = open_(make_activity(workshop, "sign_up"))
    with rooms.a_moment_before(lambda: Priority.objects.get(pk=priority.pk).drop()):
        answer = act(phone_of(ben), sign_up, "choose", first=priority.pk)
    assert (answer.status_code, sign_up.marks.count()) == (409, 0)
    assert ("This priority is not on the list any more." in rooms.said(answer)) is True


def test_a_card_that_was_taken_back_cannot_be_put_in_a_group(themes, workshop, console, ben):
    ideas = make_activity(workshop, "capture")
    card = factories.make_card(ideas, ben)
    themes.set_up(draws_on=ideas)
    waits = themes.themes.first()
    with rooms.a_moment_before(lambda: Card.objects.get(pk=card.pk).withdraw()):
        answer = act(console, themes, "place", card=card.pk, theme=waits.pk)
    assert (answer.status_code, waits.cards.count()) == (409, 0)


FLAGGED, PLAIN = "The patient with NHS number 943 476 5919 was kind", "The patient was kind"
GONE = "This card is not yours, or is not here any more."


@pytest.mark.parametrize(("before", "after"), [(FLAGGED, PLAIN), (PLAIN, FLAGGED)], ids=["cleared", "flagged"])
@pytest.mark.parametrize(("verb", "state"), [("hide", Card.HIDDEN), ("withdraw", Card.WITHDRAWN)])
@pytest.mark.parametrize("room", ["s1a", "s2a"])
def test_words_that_were_hidden_or_taken_back_do_not_come_back_with_their_authors_change(
    room, verb, state, before, after, workshop, ben
):
    this = open_(activity(workshop, room))
    act(phone_of(ben), this, "send", text=before, sharing="report_anonymous")
    card, phone = this.cards.get(), phone_of(ben)
    with rooms.a_moment_before(lambda: getattr(Card.objects.get(pk=card.pk), verb)()):
        answer = act(phone, this, "reword", card=card.pk, text=after, sharing="report_anonymous")
    now = this.cards.get()
    assert (answer.status_code, now.state, now.text) == (409, state, before)
    assert (GONE in rooms.said(answer), PLAIN in rooms.pushed(this)) == (True, False)


def test_a_card_that_was_taken_back_is_changed_and_held_no_more(workshop, ben):
    card = factories.make_card(open_(activity(workshop, "s2a")), ben)
    card.withdraw()
    for change_it in (lambda: card.reword("Other words"), lambda: card.hold([])):
        with pytest.raises(Conflict):
            change_it()
    card.refresh_from_db()
    assert (card.state, card.text) == (Card.WITHDRAWN, "Fenbridge took eleven patients")


def test_a_card_that_was_hidden_takes_its_authors_words_and_stays_hidden(workshop, ben):
    card = factories.make_card(open_(activity(workshop, "s2a")), ben)
    card.hide()
    card.reword(FLAGGED)
    card.hold([])
    card.refresh_from_db()
    assert (card.state, card.text) == (Card.HIDDEN, FLAGGED)
