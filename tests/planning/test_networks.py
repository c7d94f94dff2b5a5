"""A network, its organisations, its people and its priority cards."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from tests.factories import console_of, make_network, make_user
from workshops.library import load_national
from workshops.models import Driver, Membership, Network, SignInLink


def invite(console, network, name="Flo", email="flo@example.org", role="facilitator"):
    return console.post(reverse("member-invite", args=[network.pk]), {"name": name, "email": email, "role": role})


def test_a_new_network_has_its_maker_as_facilitator_and_national_cards_to_start_from(console, ada, network):
    answer = console.post(reverse("network-new"), {"name": "Wold Network", "national": "on"})
    made = Network.objects.get(name="Wold Network")
    assert answer.url == reverse("network", args=[made.pk])
    assert [(one.user, one.role) for one in made.memberships.all()] == [(ada, "facilitator")]
    assert made.drivers.count() == 21


def test_national_cards_are_given_once_with_source_date_and_status(network):
    assert (load_national(network), load_national(network)) == (21, 0)
    card = network.drivers.get(ref="shift-community")
    assert (card.group, card.status, card.sources[0]["date"]) == ("Three shifts", "confirmed", "2025-07-03")
    assert [one.ref for one in network.drivers.filter(status="to_check")] == ["wp-10yr", "rt-commissioning"]


def test_an_organisation_is_added_changed_and_taken_off(console, network):
    console.post(reverse("organisation-add", args=[network.pk]), {"name": "Wyndale"})
    body = network.organisations.get()
    console.post(reverse("organisation", args=[network.pk, body.pk]), {"name": "Wyndale District", "short": "Wyndale"})
    assert str(network.organisations.get()) == "Wyndale"
    console.post(reverse("organisation-remove", args=[network.pk, body.pk]))
    assert network.organisations.count() == 0


def test_a_name_that_is_taken_is_refused_beside_the_field(console, network):
    network.organisations.create(name="Wyndale")
    answer = console.post(reverse("organisation-add", args=[network.pk]), {"name": "wyndale"})
    assert answer.status_code == 422
    assert "already has an organisation with this name" in answer.content.decode()


def test_an_organisation_with_people_stays(console, network, ben):
    answer = console.post(reverse("organisation-remove", args=[network.pk, ben.organisation_id]), follow=True)
    assert "stays on the list" in answer.content.decode()
    assert network.organisations.filter(pk=ben.organisation_id).exists()


def test_a_colleague_is_invited_with_a_link_that_works_once(console, network, client):
    link = invite(console, network).context["link"]
    assert "Sign in now" in client.get(link).content.decode()
    client.post(link)
    assert client.get(reverse("network", args=[network.pk])).status_code == 200
    assert client.post(link).status_code == 404


def test_somebody_with_an_account_elsewhere_gets_a_standing_but_never_a_link(console, network):
    flo = make_user("flo@example.org", make_network("Another network"))
    answer = invite(console, network)
    assert answer.status_code == 302
    assert SignInLink.objects.count() == 0
    standing = network.memberships.get(user=flo)
    console.post(reverse("member-link", args=[network.pk, standing.pk]))
    assert SignInLink.objects.count() == 0


def test_a_manager_cannot_invite(network):
    max_ = console_of(make_user("Max", network, "manager"))
    assert invite(max_, network).status_code == 404
    assert get_user_model().objects.filter(username="flo@example.org").count() == 0


def test_the_last_facilitator_stays(console, ada, network):
    standing = network.memberships.get(user=ada)
    console.post(reverse("member-remove", args=[network.pk, standing.pk]))
    assert Membership.objects.filter(pk=standing.pk).exists()


def test_a_card_is_due_a_look_when_it_moves_or_after_ninety_days(network):
    today = timezone.localdate()
    moving = Driver(network=network, title="Moving", status=Driver.TO_CHECK)
    old = Driver(network=network, title="Old", status=Driver.CONFIRMED, checked_on=today - timedelta(days=91))
    fresh = Driver(network=network, title="Fresh", status=Driver.TO_CHECK, checked_on=today - timedelta(days=90))
    assert [card.needs_a_check for card in (moving, old, fresh)] == [True, True, False]


def test_checking_a_card_says_who_looked_and_when(console, network):
    card = network.drivers.create(title="10 Year Workforce Plan", status=Driver.TO_CHECK)
    library = reverse("drivers", args=[network.pk])
    assert "1 card needs a look" in console.get(library).content.decode()
    console.post(reverse("driver-change", args=[network.pk, card.pk, "checked"]))
    card.refresh_from_db()
    assert (card.checked_by, card.checked_on) == ("Ada", timezone.localdate())
    assert "needs a look" not in console.get(library).content.decode()


def test_a_hidden_card_can_be_shown_again(console, network):
    card = network.drivers.create(title="Not for us")
    for verb, hidden in (("hide", True), ("show", False)):
        console.post(reverse("driver-change", args=[network.pk, card.pk, verb]))
        card.refresh_from_db()
        assert card.hidden is hidden


def test_a_local_card_belongs_to_an_organisation_and_names_its_source(console, network):
    body = network.organisations.create(name="Wyndale")
    console.post(
        reverse("driver-new", args=[network.pk]),
        {
            "organisation": body.pk,
            "title": "A second machine",
            "summary": "So that a breakdown does not stop everything.",
            "status": "own_knowledge",
            "tags": "capacity, resilience",
            "sources-TOTAL_FORMS": "1",
            "sources-INITIAL_FORMS": "0",
            "sources-0-title": "Board paper",
            "sources-0-date": "2026-05",
        },
    )
    card = network.drivers.get()
    assert (card.organisation, card.tags, card.is_local) == (body, ["capacity", "resilience"], True)
    assert card.sources == [{"title": "Board paper", "publisher": "", "date": "2026-05", "url": ""}]


def test_a_title_of_nine_words_is_refused(console, network):
    answer = console.post(
        reverse("driver-new", args=[network.pk]),
        {
            "title": "one two three four five six seven eight nine",
            "status": "reported",
            "sources-TOTAL_FORMS": "0",
            "sources-INITIAL_FORMS": "0",
        },
    )
    assert answer.status_code == 422
    assert "9 words: please keep it to 8" in answer.content.decode()
