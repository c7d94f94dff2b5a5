"""Action plans: each group writes its own, and nobody writes in another's."""

import secrets

import pytest
from django.urls import reverse

from tests import rooms
from tests.every_kind import workshop_with
from tests.factories import act, make_activity, open_, phone_of, seat
from workshops.models import Plan, Priority


@pytest.fixture
def groups(workshop, ben, chi):
    """Ben has a group and Chi has one; Dee has none."""
    groups = workshop.rounds.create(number=9, by_interest=True)
    seat(groups, "T1", ben)
    seat(groups, "T2", chi)
    return groups


@pytest.fixture
def planning(workshop, groups):
    """Three priorities are planned: by Ben's group, by Chi's, and by nobody yet."""
    for number, title in enumerate(("One door for referrals", "One dictionary", "One rota")):
        Priority.objects.create(workshop=workshop, title=title, position=number)
    return open_(make_activity(workshop, "action_plan", stage="plans", seating=groups))


@pytest.fixture
def plan(planning):
    """Ben's group's."""
    return Plan.objects.get(table__label="T1")


def change(person, planning, verb="action", **data):
    """The forms that have a field of the name `action`."""
    url = reverse("act", args=[planning.workshop.code, planning.pk, verb])
    return phone_of(person).post(url, {"key": secrets.token_urlsafe(18), **data}, headers={"X-Throughline": "1"})


def test_who_has_no_group_works_on_the_plans_that_no_group_has_taken(planning, plan, dee):
    free = Plan.objects.get(table=None)
    answers = [act(phone_of(dee), planning, "risk", plan=one.pk, text="Snow").status_code for one in (plan, free)]
    assert answers == [422, 200]
    assert [one.risks for one in Plan.objects.order_by("priority__position")] == [[], [], [{"text": "Snow"}]]


def test_nobody_changes_or_takes_out_an_action_of_another_group(planning, plan, chi, dee):
    action = plan.actions.create(text="Agree a form", position=1)
    theirs, free = Plan.objects.get(table__label="T2"), Plan.objects.get(table=None)
    answers = {
        change(person, planning, verb, plan=own.pk, action=action.pk, text="Mine").status_code
        for person, own in ((chi, theirs), (chi, plan), (dee, free), (dee, plan))
        for verb in ("action", "drop_action")
    }
    assert answers == {422}
    assert [(one.plan, one.text) for one in type(action).objects.all()] == [(plan, "Agree a form")]


def test_where_nobody_sits_in_groups_everybody_works_on_every_plan(workshop, dee):
    for title in ("One door for referrals", "One dictionary"):
        Priority.objects.create(workshop=workshop, title=title)
    planning = open_(make_activity(workshop, "action_plan", stage="plans"))
    for plan in Plan.objects.all():
        assert act(phone_of(dee), planning, "risk", plan=plan.pk, text="Snow").status_code == 200


def test_odd_input_never_breaks_it(network, ada):
    this, person = workshop_with(2, "action_plan", network)
    assert rooms.breaks(this, person, ada) == set()
