"""Every page of planning opens for those who may, and is not there for anybody else."""

import pytest
from django.urls import reverse

from tests.factories import console_of, make_user, phone_of


@pytest.fixture
def addresses(workshop, network):
    body = network.organisations.create(name="Wyndale")
    card = network.drivers.create(title="A bed for everybody")
    activity = workshop.activities.first()
    code = workshop.code
    return [
        reverse("network", args=[network.pk]),
        reverse("organisation", args=[network.pk, body.pk]),
        reverse("drivers", args=[network.pk]),
        reverse("driver-new", args=[network.pk]),
        reverse("driver", args=[network.pk, card.pk]),
        *(
            reverse(name, args=[code])
            for name in ("run-sheet", "run-sheet-add", "workshop-about", "invited", "invited-example", "tables")
        ),
        reverse("run-sheet-activity", args=[code, activity.pk]),
    ]


def test_the_facilitator_opens_every_page(console, addresses):
    assert [console.get(address).status_code for address in addresses] == [200] * len(addresses)


def test_a_stranger_finds_none_of_them(eve, addresses):
    assert [eve.get(address).status_code for address in addresses] == [404] * len(addresses)


def test_a_participant_finds_none_of_them(ben, addresses):
    phone = phone_of(ben)
    assert [phone.get(address).status_code for address in addresses] == [404] * len(addresses)


def test_the_facilitator_of_another_network_finds_none_of_them(db, addresses):
    from tests.factories import make_network

    client = console_of(make_user("Flo", make_network("Another network")))
    assert [client.get(address).status_code for address in addresses] == [404] * len(addresses)


def test_the_list_sends_a_stranger_to_sign_in(eve, db):
    answer = eve.get(reverse("workshops"))
    assert answer.status_code == 302
    assert answer.url == reverse("sign-in") + "?next=/workshops/"


def test_a_manager_plans_but_does_not_run(network, workshop):
    page = console_of(make_user("Max", network, "manager")).get(reverse("workshops")).content.decode()
    assert reverse("run-sheet", args=[workshop.code]) in page
    assert reverse("console", args=[workshop.code]) not in page


def test_who_has_no_workshop_yet_is_led_to_the_first(db):
    client = console_of(make_user("Gus"))
    assert reverse("workshop-new") in client.get(reverse("workshops")).content.decode()
    assert reverse("network-new") in client.get(reverse("networks")).content.decode()


def test_the_people_of_the_day_can_be_seen_and_given_a_recovery_code(console, workshop, ben):
    address = reverse("people", args=[workshop.code])
    assert "Ben" in console.get(address).content.decode()
    answer = console.post(reverse("run", args=[workshop.code, "recovery"]), {"participant": ben.pk, "back": "people"})
    ben.refresh_from_db()
    assert answer.url == address
    assert ben.recovery_code[:4] in console.get(address).content.decode()
