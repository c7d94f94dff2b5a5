"""People and days for tests. Ada facilitates; Ben, Chi and Dee take part; Eve has no seat.

Everything here makes real rows and real requests: nothing is pretended.
"""

import secrets
from datetime import date, time

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from activities.kind import kind_of
from facilitation import passes
from workshops.days import lay_out
from workshops.models import Activity, Membership, Network, Organisation, Participant, Round, Table, Workshop
from workshops.write import keep

FOUR_STAGES = "four_stage_network_day"


def make_network(name: str = "Mercia Vale Radiotherapy Network") -> Network:
    return Network.objects.create(name=name)


def make_user(name: str, network: Network | None = None, role: str = Membership.FACILITATOR):
    """Somebody who signs in; with a network, a facilitator of it (or a manager)."""
    user = get_user_model().objects.create_user(username=name.lower(), first_name=name)
    if network:
        Membership.objects.create(network=network, user=user, role=role)
    return user


def make_workshop(network: Network, template: str = FOUR_STAGES, **more) -> Workshop:
    """A draft laid out from `template`, or with an empty run sheet when that is ""."""
    about = {"title": "One network, shared purpose", "date": date(2026, 9, 24), "starts_at": time(8, 30)}
    workshop = Workshop.objects.create(network=network, template=template, **{**about, **more})
    if template:
        keep(lambda: lay_out(workshop, template))
    return workshop


def make_activity(workshop: Workshop, kind: str, **more) -> Activity:
    """One more activity at the end of the run sheet."""
    about = {"title": kind, "stage": "why", "position": workshop.activities.count() + 1, **more}
    return Activity.objects.create(workshop=workshop, kind=kind, **about)


def activity(workshop: Workshop, ref: str) -> Activity:
    """The activity whose ref begins with `ref`: activity(workshop, "s1a")."""
    return workshop.activities.select_related("workshop", "seating", "draws_on").get(ref__startswith=ref)


def open_(this: Activity) -> Activity:
    """Open it for everyone, as the console does."""
    workshop = Workshop.objects.get(pk=this.workshop_id)
    fresh = workshop.activities.select_related("seating", "draws_on").get(pk=this.pk)
    fresh.workshop = workshop
    kind_of(fresh).open(fresh)
    workshop.show(fresh)
    return fresh


def close(this: Activity) -> Activity:
    fresh = Activity.objects.select_related("workshop", "seating", "draws_on").get(pk=this.pk)
    kind_of(fresh).close(fresh)
    return fresh


def join(workshop: Workshop, name: str, organisation: str = "Larkham", role: str = "Nurse", **more) -> Participant:
    """A person who is here, with a phone. `.secret` is what the phone's cookie holds."""
    body, _made = Organisation.objects.get_or_create(network=workshop.network, name=organisation)
    person = Participant.objects.create(workshop=workshop, name=name, organisation=body, role=role, **more)
    person.secret = person.take_seat()
    return person


def seat(round_: Round, label: str, *people: Participant) -> Table:
    """A table of this round with these people at it."""
    table, _made = Table.objects.get_or_create(round=round_, label=label)
    for person in people:
        table.seats.create(round=round_, participant=person)
    return table


def make_card(this: Activity, by: Participant | None = None, text: str = "Fenbridge took eleven patients", **more):
    return this.put_up(text, by=by, **more)


def phone_of(person: Participant) -> Client:
    """A browser that carries this person's pass."""
    client = Client()
    code = person.workshop.code
    pass_ = passes.make_participant_pass(person.workshop_id, person.pk, person.secret)
    client.cookies[passes.participant_cookie(code)] = pass_
    return client


def console_of(user) -> Client:
    """A browser in which `user` is signed in."""
    client = Client()
    client.force_login(user)
    return client


def act(client: Client, this: Activity, action: str, key: str = "", **data):
    """Send one action the way the page's script does: 200 with the zone, 422, 409 or 404."""
    url = reverse("act", args=[this.workshop.code, this.pk, action])
    sent = {"key": key or secrets.token_urlsafe(18), **data}
    return client.post(url, sent, headers={"X-Throughline": "1"})
