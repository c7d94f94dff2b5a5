"""Who may do what. `can(actor, action, thing)` decides; nothing else does."""

from dataclasses import dataclass

from django.db import models

from workshops.models import Membership, Network, Participant, Workshop

FACILITATOR, MANAGER = "facilitator", "manager"
PARTICIPANT, SCREEN, STRANGER = "participant", "screen", "stranger"

# What each role may do inside the one workshop (or network) that its actor belongs to.
MAY: dict[str, frozenset[str]] = {
    FACILITATOR: frozenset(
        {"run", "plan", "invite", "read_pack", "make_pack", "lock", "watch_screen", "see_people", "look"}
    ),
    MANAGER: frozenset({"plan", "read_pack", "make_pack", "lock", "watch_screen", "look"}),
    PARTICIPANT: frozenset({"take_part"}),
    SCREEN: frozenset({"watch_screen"}),
    STRANGER: frozenset(),
}


@dataclass(frozen=True)
class Actor:
    """Somebody asking, already bound to where they belong: one workshop, or one network."""

    role: str
    workshop_id: int | None = None
    network_id: int | None = None
    user_id: int | None = None
    participant_id: int | None = None

    @property
    def label(self) -> str:
        """How the journal names this actor: never a person's name."""
        if self.participant_id:
            return f"participant:{self.participant_id}"
        return f"{self.role}:{self.user_id}" if self.user_id else self.role


NOBODY = Actor(STRANGER)
THE_SYSTEM = Actor(FACILITATOR, user_id=0)


def can(actor: Actor, action: str, thing: Workshop | Network) -> bool:
    """Whether `actor` may do `action` ("run", "take_part", …) to `thing`, a workshop or a network."""
    if action not in MAY[actor.role]:
        return False
    if isinstance(thing, Workshop):
        return actor.workshop_id == thing.pk
    return actor.network_id == thing.pk


def actor_of_user(user, workshop: Workshop) -> Actor:
    """The standing of a signed-in person in `workshop`: facilitator before manager, else a stranger."""
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    roles = set(Membership.objects.filter(user=user, network=workshop.network_id).values_list("role", flat=True))
    if FACILITATOR in roles or workshop.facilitators.filter(pk=user.pk).exists():
        return Actor(FACILITATOR, workshop.pk, workshop.network_id, user.pk)
    if MANAGER in roles:
        return Actor(MANAGER, workshop.pk, workshop.network_id, user.pk)
    return NOBODY


def facilitators_of(workshop: Workshop) -> set[int]:
    """The users who may run `workshop`."""
    runs = Membership.objects.filter(network=workshop.network_id, role=FACILITATOR, user__is_active=True)
    asked = workshop.facilitators.filter(is_active=True).values_list("pk", flat=True)
    return {*runs.values_list("user_id", flat=True), *asked}


def actor_in_network(user, network: Network) -> Actor:
    """The standing of a signed-in person in `network`."""
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    roles = set(Membership.objects.filter(user=user, network=network).values_list("role", flat=True))
    for role in (FACILITATOR, MANAGER):
        if role in roles:
            return Actor(role, None, network.pk, user.pk)
    return NOBODY


def actor_of_participant(participant: Participant) -> Actor:
    return Actor(PARTICIPANT, participant.workshop_id, participant_id=participant.pk)


def networks_of(user) -> models.QuerySet[Network]:
    """The networks in which a signed-in person has a standing."""
    return Network.objects.filter(memberships__user=user).distinct()


def workshops_of(user) -> models.QuerySet[Workshop]:
    """The workshops of those networks, and those that the person was asked to facilitate."""
    own = models.Q(network__memberships__user=user) | models.Q(facilitators=user)
    return Workshop.objects.filter(own).distinct()
