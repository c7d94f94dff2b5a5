"""Action plans: each group writes its own, and nobody writes in another's."""

import re
import secrets
from datetime import date

import pytest
from django.urls import reverse

from activities.action_plan.merging import as_sent
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


@pytest.fixture
def action(plan):
    return plan.actions.create(text="Agree a form", output="A form", position=1)


def seen(action, **said):
    """What a page sends that was fetched while `action` was as it is here, with what somebody has changed in it."""
    names = ("text", "lead", "deputy", "start", "by", "output")
    there = {name: as_sent(getattr(action, name)) for name in names}
    return {
        "plan": action.plan_id,
        "action": action.pk,
        **there,
        **{f"was_{name}": there[name] for name in names},
        **said,
    }


def test_two_who_change_different_things_in_an_action_both_keep_them(planning, action, ben, dee):
    planning.seating.move(dee, action.plan.table)
    answers = [
        change(person, planning, **seen(action, **said)).status_code
        for person, said in ((ben, {"text": "Agree one form", "by": "2026-11-30"}), (dee, {"lead": dee.pk}))
    ]
    now = type(action).objects.get()
    assert answers == [200, 200]
    assert (now.text, now.by, now.lead, now.output) == ("Agree one form", date(2026, 11, 30), dee, "A form")


def test_two_who_change_the_same_words_of_an_action_both_read_the_others(planning, action, ben, dee):
    planning.seating.move(dee, action.plan.table)
    change(ben, planning, **seen(action, text="Agree one form for all five"))
    answer = change(dee, planning, **seen(action, text="Agree a short form"))
    page = rooms.said(answer)
    assert (answer.status_code, type(action).objects.get().text) == (422, "Agree one form for all five")
    assert (
        "has just written here: “Agree one form for all five”" in page,
        "> Agree a short form</textarea>" in page,
    ) == (
        True,
        True,
    )
    now = type(action).objects.get()
    assert change(dee, planning, **seen(now, text="Agree a short form for all five")).status_code == 200
    assert [one.text for one in type(action).objects.all()] == ["Agree a short form for all five"]


def test_two_who_choose_another_lead_both_read_the_others_choice(planning, action, ben, chi, dee):
    planning.seating.move(dee, action.plan.table)
    change(ben, planning, **seen(action, lead=chi.pk))
    answer = change(dee, planning, **seen(action, lead=dee.pk))
    assert (answer.status_code, type(action).objects.get().lead) == (422, chi)
    assert ("has just written here: “Chi”" in rooms.said(answer)) is True


def test_a_page_that_was_fetched_earlier_takes_nothing_away(planning, plan, ben, chi, dee):
    """Ben writes what it needs, and who; Dee's page is older, and she changes something else in each form."""
    planning.seating.move(dee, plan.table)
    act(
        phone_of(ben),
        planning,
        "save",
        plan=plan.pk,
        needs_people="A clerk",
        first_step_by="2026-09-30",
        confidence="4",
    )
    act(phone_of(dee), planning, "save", plan=plan.pk, needs_people="", was_needs_people="", needs_time="A day")
    act(phone_of(ben), planning, "people", plan=plan.pk, lead=ben.pk, team=[ben.pk, chi.pk])
    act(phone_of(dee), planning, "people", plan=plan.pk, sponsor=chi.pk, team=[dee.pk])
    now = Plan.objects.get(pk=plan.pk)
    assert (now.resources, now.first_step_by, now.confidence) == (
        {"people": "A clerk", "time": "A day"},
        date(2026, 9, 30),
        4,
    )
    assert (now.lead, now.sponsor, set(now.team.all())) == (ben, chi, {ben, chi, dee})


def test_who_is_taken_out_of_the_team_is_out_whoever_came_meanwhile(planning, plan, ben, chi, dee):
    act(phone_of(ben), planning, "people", plan=plan.pk, team=[ben.pk, chi.pk])
    act(phone_of(ben), planning, "people", plan=plan.pk, team=[ben.pk, chi.pk, dee.pk], was_team=f"{ben.pk},{chi.pk}")
    act(phone_of(ben), planning, "people", plan=plan.pk, team=[ben.pk], was_team=f"{ben.pk},{chi.pk}")
    assert set(plan.team.all()) == {ben, dee}


def test_the_page_sends_along_what_it_showed(planning, plan, action, workshop, ben, chi):
    act(phone_of(ben), planning, "people", plan=plan.pk, lead=ben.pk, team=[ben.pk, chi.pk])
    page = rooms.mine(ben)
    hidden = re.findall(r'<input type="hidden" name="was_(\w+)" value="([^"]+)"', page)
    assert sorted(hidden) == [
        ("lead", str(ben.pk)),
        ("output", "A form"),
        ("team", f"{ben.pk},{chi.pk}"),
        ("text", "Agree a form"),
    ]
    ids = re.findall(r' id="([^"]+)"', page)
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize(
    ("verb", "table", "field"),
    [("risk", "risks", "text"), ("measure", "measures", "name"), ("depends", "depends_on", "text")],
)
def test_a_row_is_taken_out_by_what_is_in_it_and_once(verb, table, field, planning, plan, ben):
    for words in ("Flu", "Snow", "Strikes"):
        act(phone_of(ben), planning, verb, plan=plan.pk, **{field: words})
    pressed = [
        act(phone_of(ben), planning, verb, plan=plan.pk, drop=f'{{"{field}": "Flu"}}').status_code
        for _press in range(2)
    ]
    assert pressed == [200, 409]
    assert getattr(Plan.objects.get(pk=plan.pk), table) == [{field: "Snow"}, {field: "Strikes"}]


def test_odd_input_never_breaks_it(network, ada):
    this, person = workshop_with(2, "action_plan", network)
    assert rooms.breaks(this, person, ada) == set()
