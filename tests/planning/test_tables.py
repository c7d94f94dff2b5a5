"""Mixed tables, and a place for whoever comes late."""

from django.urls import reverse

from tests.factories import activity, join, open_, seat
from workshops import mixing
from workshops.models import AccessNeed, Round

NAMES = ["Ben", "Chi", "Dee", "Fay", "Gus", "Hal", "Ida", "Jon", "Kim"]
BODIES = ["Larkham", "Thornbeck", "Castlemoor"]


def nine(workshop):
    return [join(workshop, name, BODIES[number % 3], f"Role {number}") for number, name in enumerate(NAMES)]


def mix(console, workshop, **more):
    return console.post(
        reverse("tables-mix", args=[workshop.code]), {"size": 3, "rounds": 3, "who": "everyone", **more}, follow=True
    )


def test_nobody_meets_twice_and_organisations_are_mixed(console, workshop):
    nine(workshop)
    page = mix(console, workshop).content.decode()
    assert "Nobody meets twice." in page
    assert [sorted(len(ids) for ids in mixing.seated(one).values()) for one in mixing.mixed_rounds(workshop)] == [
        [3, 3, 3]
    ] * 3


def test_a_round_in_which_people_have_sat_down_stays(console, workshop):
    nine(workshop)
    mix(console, workshop)
    first = workshop.rounds.get(number=1)
    before = mixing.seated(first)
    open_(activity(workshop, "s1a"))
    mix(console, workshop)
    assert mixing.seated(first) == before


def test_tables_are_fitted_to_those_who_came_and_few_people_move(console, workshop):
    people = nine(workshop)
    mix(console, workshop)
    first = workshop.rounds.get(number=1)
    before = {person: first.table_of(person).label for person in people}
    people[0].remove()
    console.post(reverse("tables-fit", args=[workshop.code]))
    after = {person: first.table_of(person).label for person in people[1:]}
    assert sorted(len(ids) for ids in mixing.seated(first).values()) == [2, 3, 3]
    assert [person for person in people[1:] if before[person] != after[person]] == []


def test_people_who_must_be_apart_are_apart(console, workshop):
    people = nine(workshop)
    console.post(
        reverse("wish-add", args=[workshop.code, "apart"]), {"apart-one": people[0].pk, "apart-other": people[4].pk}
    )
    mix(console, workshop)
    shared = [
        table
        for one in mixing.mixed_rounds(workshop)
        for table in mixing.seated(one).values()
        if {people[0].pk, people[4].pk} <= set(table)
    ]
    assert shared == []


def test_who_needs_a_certain_table_sits_there_in_every_round(console, workshop):
    people = nine(workshop)
    console.post(
        reverse("wish-add", args=[workshop.code, "need"]),
        {"need-one": people[2].pk, "need-need": "Beside the loop", "need-tables": "t1", "need-may_host": "on"},
    )
    assert AccessNeed.objects.get().facts == {"pin_tables": ["T1"]}
    mix(console, workshop)
    assert [one.table_of(people[2]).label for one in mixing.mixed_rounds(workshop)] == ["T1", "T1", "T1"]


def test_access_needs_are_for_facilitators_only(network, workshop, ben):
    from tests.factories import console_of, make_user

    AccessNeed.objects.create(participant=ben, need="Beside the loop")
    max_ = console_of(make_user("Max", network, "manager"))
    assert "Beside the loop" not in max_.get(reverse("tables", args=[workshop.code])).content.decode()
    assert max_.post(reverse("wish-add", args=[workshop.code, "need"]), {}).status_code == 404


def test_nobody_on_the_list_is_said_in_words(console, workshop):
    answer = mix(console, workshop)
    assert answer.status_code == 422
    assert "There is nobody to seat." in answer.content.decode()


def test_somebody_who_comes_late_gets_a_place_at_the_smallest_table(workshop, ben, chi, dee):
    first = workshop.rounds.get(number=1)
    seat(first, "T1", ben, chi)
    seat(first, "T2", dee)
    assert first.seat_late(join(workshop, "Gus")).label == "T2"


def test_of_two_small_tables_a_late_comer_joins_the_one_without_colleagues(workshop, ben, chi):
    first = workshop.rounds.get(number=1)
    seat(first, "T1", ben)
    seat(first, "T2", chi)
    assert first.seat_late(join(workshop, "Gus", "Larkham")).label == "T2"


def test_joining_by_phone_finds_a_place_in_every_round_with_tables(eve, workshop, ben):
    seat(workshop.rounds.get(number=1), "T1", ben)
    body = ben.organisation
    eve.post(reverse("join", args=[workshop.code]), {"name": "Gus", "organisation": body.pk, "role": "Nurse"})
    gus = workshop.participants.get(name="Gus")
    assert [one.table.label for one in gus.seats.all()] == ["T1"]
    assert "Where you sit" in eve.get(reverse("mine", args=[workshop.code])).content.decode()


def test_nobody_is_put_into_an_interest_group_unasked(workshop, ben, chi):
    groups = Round.objects.get(workshop=workshop, by_interest=True)
    seat(groups, "T1", ben)
    assert groups.seat_late(chi) is None


def test_one_person_can_be_moved_by_hand(console, workshop, ben, chi):
    first = workshop.rounds.get(number=1)
    seat(first, "T1", ben)
    there = seat(first, "T2", chi)
    console.post(reverse("tables-move", args=[workshop.code, 1]), {"person": ben.pk, "table": there.pk})
    assert first.table_of(ben) == there
