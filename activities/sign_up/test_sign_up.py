"""Sign up: a first and a second choice each; closing makes balanced groups, one for each plan."""

import pytest

from activities.kind import kind_of
from tests import rooms
from tests.every_kind import workshop_with
from tests.factories import act, activity, close, join, open_, phone_of
from workshops.models import Plan, Priority, Seat


@pytest.fixture
def priorities(workshop):
    titles = ["See every wait", "One team", "Grow them here"]
    return [Priority.objects.create(workshop=workshop, title=title, position=n) for n, title in enumerate(titles)]


@pytest.fixture
def sign_up(workshop, priorities):
    return open_(activity(workshop, "break_pm"))


def choose(person, sign_up, first, second="", offer=""):
    data = {"first": first.pk, "second": second and second.pk, "offer": offer}
    return act(phone_of(person), sign_up, "choose", **data)


def groups(sign_up):
    """priority -> the names of those at the table of its plan."""
    plans = Plan.objects.filter(workshop=sign_up.workshop_id).select_related("priority", "table")
    return {
        plan.priority.title: sorted(seat.participant.name for seat in plan.table.seats.all())
        for plan in plans
        if plan.table
    }


def test_choosing_again_replaces_the_choice(sign_up, priorities, ben):
    wait, team, grow = priorities
    assert choose(ben, sign_up, wait, team, "I can analyse").status_code == 200
    choose(ben, sign_up, grow)
    assert kind_of(sign_up).choices(sign_up) == {ben.pk: [str(grow.pk)]}
    assert sign_up.marks.count() == 1
    assert f'<option value="{grow.pk}" selected>Grow them here</option>' in rooms.mine(ben)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"first": ""}, "Choose the priority that you would most like to help plan."),
        ({"first": rooms.NEVER}, "This priority is not on the list any more."),
        ({"second": "same"}, "Choose a different priority as your second choice."),
        ({"second": "x"}, "This priority is not on the list any more."),
        ({"offer": "o" * 201}, "This is too long: at most 200 characters, and this has 201."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_words_stay(sign_up, priorities, ben, sent, words):
    data = {"first": priorities[0].pk, "second": "", "offer": "I can analyse", **sent}
    if data["second"] == "same":
        data["second"] = data["first"]
    answer = act(phone_of(ben), sign_up, "choose", **data)
    assert (answer.status_code, rooms.field_error(answer, words), sign_up.marks.count()) == (422, True, 0)
    assert data["offer"] in rooms.said(answer)


def test_a_priority_that_is_held_for_later_cannot_be_chosen(sign_up, priorities, workshop, ben):
    held = Priority.objects.create(workshop=workshop, title="Later", decision=Priority.HELD)
    answer = choose(ben, sign_up, held)
    assert (answer.status_code, "Later" in rooms.mine(ben)) == (422, False)


def test_while_it_is_open_nobody_is_told_what_others_choose(sign_up, priorities, ben, chi):
    pages = []
    for wanted in priorities[:2]:
        choose(ben, sign_up, wanted, offer="OFFERCANARY")
        pages.append(rooms.pushed(sign_up))
    assert pages[0] == pages[1]
    assert ("1 person has chosen" in pages[0], "OFFERCANARY" in pages[0] + rooms.mine(chi)) == (True, False)
    assert "First choice of 1, second of 0" in rooms.shown(sign_up, "console")


def test_closing_seats_everybody_by_choice_as_far_as_sizes_allow(sign_up, priorities, workshop):
    people = [join(workshop, f"Person {n:02d}", f"Organisation {n % 4}") for n in range(18)]
    wait, team, grow = priorities
    for person in people[:12]:
        choose(person, sign_up, wait, team)
    choose(people[12], sign_up, grow)
    sign_up = close(sign_up)
    made = groups(sign_up)
    assert sorted(len(names) for names in made.values()) == [5, 5, 8]
    assert (len(made["See every wait"]), "Person 12" in made["Grow them here"]) == (8, True)
    assert Seat.objects.filter(round=sign_up.seating).count() == 18
    assert sign_up.notes["made"] == {"firsts": 9, "seconds": 4, "neither": 5}
    assert "In the group of their first choice: 9" in rooms.shown(sign_up, "console")


def test_the_group_learns_where_it_sits_and_what_its_people_bring(sign_up, priorities, ben, chi):
    choose(ben, sign_up, priorities[0], offer="I can analyse")
    sign_up = close(sign_up)
    page = rooms.mine(ben)
    assert (f"Your group sits at {sign_up.table_of(ben)}." in page, "See every wait" in page) == (True, True)
    assert ("Ben brings" in page, "I can analyse" in page) == (True, True)
    assert "I can analyse" not in rooms.pushed(sign_up) + rooms.mine(chi)
    assert "I can analyse" in rooms.shown(sign_up, "console")


def test_where_nobody_chose_an_earlier_seating_stays(sign_up, ben):
    sign_up = close(sign_up)
    assert (groups(sign_up), "made" in sign_up.notes, "problem" in sign_up.notes) == ({}, False, False)


def test_without_priorities_it_says_so_and_closes_quietly(workshop, ben):
    this = open_(activity(workshop, "break_pm"))
    assert "You choose when the room has agreed them." in rooms.mine(ben)
    assert "They come from the shortlist." in rooms.shown(this, "console")
    assert close(this).is_closed


def test_people_who_left_and_priorities_that_went_do_not_count(sign_up, priorities, ben, chi, dee):
    choose(ben, sign_up, priorities[0])
    choose(chi, sign_up, priorities[1])
    choose(dee, sign_up, priorities[2])
    ben.remove()
    priorities[1].drop()
    sign_up = close(sign_up)
    assert kind_of(sign_up).shared(sign_up) == {"count": 2}
    assert sorted(name for names in groups(sign_up).values() for name in names) == ["Chi", "Dee"]
    assert "Dee" in groups(sign_up)["Grow them here"]


def test_after_closing_no_choice_is_taken(sign_up, priorities, ben):
    sign_up = close(sign_up)
    answer = choose(ben, sign_up, priorities[0])
    assert (answer.status_code, sign_up.marks.count()) == (409, 0)


def test_reopening_keeps_choices_and_closing_again_makes_groups_anew(sign_up, priorities, ben, chi):
    choose(ben, sign_up, priorities[0])
    choose(chi, sign_up, priorities[0])
    sign_up = open_(close(sign_up))
    assert "Change my choice" in rooms.mine(ben)
    choose(chi, sign_up, priorities[2])
    sign_up = close(sign_up)
    assert "Chi" in groups(sign_up)["Grow them here"]


def test_groups_that_have_begun_to_plan_stay_together(sign_up, priorities, workshop, ben, chi):
    choose(ben, sign_up, priorities[0])
    sign_up = close(sign_up)
    before = groups(sign_up)
    open_(activity(workshop, "s4b"))
    sign_up = open_(sign_up)
    choose(ben, sign_up, priorities[2])
    sign_up = close(sign_up)
    assert groups(sign_up) == before
    assert "People have sat down for" in rooms.shown(sign_up, "console")


def test_the_facilitator_moves_one_person(sign_up, priorities, console, ben, chi):
    choose(ben, sign_up, priorities[0])
    sign_up = close(sign_up)
    assert "Move this person" in rooms.desk(console, sign_up)
    assert act(console, sign_up, "place", person=ben.pk, group=priorities[2].pk).status_code == 200
    assert "Ben" in groups(sign_up)["Grow them here"]
    assert "Ben" not in groups(sign_up)["See every wait"]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"person": ""}, "Choose a person."),
        ({"person": rooms.NEVER}, "This person is not here."),
        ({"group": ""}, "Choose a group."),
        ({}, "There are no groups yet: close the sign-up first."),
    ],
)
def test_a_move_that_cannot_be_is_explained(sign_up, priorities, console, ben, sent, words):
    answer = act(console, sign_up, "place", **{"person": ben.pk, "group": priorities[0].pk, **sent})
    assert (answer.status_code, words in rooms.said(answer)) == (422, True)


def test_only_the_facilitator_moves_people(sign_up, priorities, ben, eve):
    assert act(phone_of(ben), sign_up, "place", person=ben.pk, group=priorities[0].pk).status_code == 404
    assert act(eve, sign_up, "choose", first=priorities[0].pk).status_code == 404


def test_what_belongs_to_another_workshop_is_not_there(sign_up, network, console, ben):
    other, person = workshop_with(3, "sign_up", network)
    theirs = other.workshop.priorities.first()
    assert choose(ben, sign_up, theirs).status_code == 422
    answer = act(console, sign_up, "place", person=person.pk, group=theirs.pk)
    assert (answer.status_code, "This person is not here." in rooms.said(answer)) == (422, True)


def test_screen_and_paper_have_no_names(sign_up, priorities, ben, chi):
    choose(ben, sign_up, priorities[0])
    sign_up = close(sign_up)
    seen = rooms.pushed(sign_up) + rooms.printed(sign_up)
    assert ("See every wait" in seen, "Ben" in seen) == (True, False)
    assert rooms.words_on_screen(sign_up) <= 30


def test_one_person_and_two(sign_up, priorities, ben, chi):
    choose(ben, sign_up, priorities[0])
    assert kind_of(sign_up).line(sign_up) == "1 person chose"
    choose(chi, sign_up, priorities[0])
    assert kind_of(sign_up).line(sign_up) == "2 people chose"


def test_odd_input_never_breaks_it(network, ada):
    this, person = workshop_with(3, "sign_up", network)
    assert rooms.breaks(this, person, ada) == set()
