# ruff: noqa: F821
"""Run beside the server with PEOPLE and ACTIVITIES given: a workshop, one activity open."""

from facilitation import passes
from tests import factories
from workshops.models import Membership, Network, SignInLink
from workshops.write import keep


def lay_out():
    network = Network.objects.first() or factories.make_network()
    held = Membership.objects.filter(network=network).first()
    ada = held.user if held else factories.make_user("Ada", network)
    workshop = factories.make_workshop(network, template="")
    all_of_them = [
        factories.make_activity(workshop, "capture", settings={"limit": 300}, title=f"Ideas {n}", block=f"ideas_{n}")
        for n in range(1, ACTIVITIES + 1)
    ]
    people = [factories.join(workshop, f"Person {n + 1}", f"Body {n % 12 + 1}") for n in range(PEOPLE)]
    factories.open_(all_of_them[0])
    return {
        "code": workshop.code,
        "links": [SignInLink.make_for(ada) for _n in range(4)],
        "activities": [one.pk for one in all_of_them],
        "people": [(one.pk, passes.make_participant_pass(workshop.pk, one.pk, one.secret)) for one in people],
        "cookie": passes.participant_cookie(workshop.code),
    }


told = keep(lay_out)
