"""People at a workshop. No accounts: a participant is known by a signed cookie for this workshop alone."""

import hashlib
import secrets
from typing import NamedTuple

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workshops.models.rows import Rows
from workshops.models.workshop import CODE_LETTERS


class Crowd(NamedTuple):
    """Everybody in a workshop, as a render needs them."""

    present: int
    removed: frozenset[int]
    proofs: frozenset[str]  # the hashes of the secrets that count


class ParticipantQuerySet(models.QuerySet):
    def present(self):
        """Here, and taking part: everybody who counts in turnout and coverage."""
        return self.filter(joined_at__isnull=False, removed_at=None).exclude(channel=Participant.LISTENING)

    def expected(self):
        """Invited beforehand and not yet here."""
        return self.filter(joined_at=None, removed_at=None)

    def crowd_of(self, workshop_id: int) -> Crowd:
        """Who is here, who was removed and whose passes count, in one look."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, secret_hash, joined_at IS NOT NULL AND channel <> %s, removed_at IS NOT NULL"
                " FROM workshops_participant WHERE workshop_id = %s",
                [Participant.LISTENING, workshop_id],
            )
            people = cursor.fetchall()
        staying = [(secret_hash, here) for _pk, secret_hash, here, removed in people if not removed]
        return Crowd(
            present=sum(bool(here) for _hash, here in staying),
            removed=frozenset(pk for pk, _hash, _here, removed in people if removed),
            proofs=frozenset(secret_hash for secret_hash, _here in staying),
        )

    def newest_for(self, pk: int, code: str, secret: str) -> int | None:
        """The version of the workshop with this code, for the person of it with this secret who is still here."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT secret_hash, version FROM workshops_participant AS person"
                " JOIN workshops_workshop AS workshop ON workshop.id = person.workshop_id"
                " WHERE person.id = %s AND workshop.code = %s AND person.removed_at IS NULL",
                [pk, code],
            )
            found = cursor.fetchone()
        return found[1] if found and secrets.compare_digest(found[0], Participant.hashed(secret)) else None


class Participant(models.Model):
    """A person present at a workshop, with or without a phone; or invited, until they join."""

    PHONE, TABLET, PAPER = "phone", "tablet", "paper"
    CHANNELS = [(PHONE, _("phone")), (TABLET, _("tablet")), (PAPER, _("paper"))]
    LISTENING = "listening"  # more phones in a rehearsal than people in its file: they see everything and count nowhere

    workshop = models.ForeignKey("workshops.Workshop", on_delete=models.CASCADE, related_name="participants")
    ref = models.CharField(max_length=40, blank=True)
    name = models.CharField(_("Your name"), max_length=100)
    organisation = models.ForeignKey(
        "workshops.Organisation", on_delete=models.PROTECT, related_name="participants", verbose_name=_("Organisation")
    )
    role = models.CharField(_("Role"), max_length=120, blank=True)
    role_group = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=10, choices=CHANNELS, default=PHONE)
    facts = models.JSONField(default=dict, blank=True)
    secret_hash = models.CharField(max_length=64, blank=True)
    recovery_code = models.CharField(max_length=8, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = Rows.from_queryset(ParticipantQuerySet)()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["workshop", "joined_at"])]

    def __str__(self):
        return self.name

    @property
    def takes_part(self) -> bool:
        return self.channel != self.LISTENING

    def take_seat(self) -> str:
        """This person is here, on this device. Returns the secret for the cookie; any earlier device is shut out."""
        secret = secrets.token_urlsafe(16)
        self.secret_hash = self.hashed(secret)
        self.joined_at = self.joined_at or timezone.now()
        self.removed_at = None
        self.recovery_code = ""
        self.save(update_fields=["secret_hash", "joined_at", "removed_at", "recovery_code"])
        return secret

    def correct(self, *, name: str, role: str) -> None:
        self.name, self.role = name, role
        self.save(update_fields=["name", "role"])

    def knows(self, secret: str) -> bool:
        return secrets.compare_digest(self.secret_hash, self.hashed(secret))

    @staticmethod
    def hashed(secret: str) -> str:
        return hashlib.sha256(secret.encode()).hexdigest()

    def give_recovery_code(self) -> str:
        """Eight characters that the facilitator reads out to somebody who has lost a phone; good for one use."""
        self.recovery_code = "".join(secrets.choice(CODE_LETTERS) for _n in range(8))
        self.save(update_fields=["recovery_code"])
        return self.recovery_code

    def remove(self) -> None:
        self.removed_at = timezone.now()
        self.secret_hash = ""
        self.save(update_fields=["removed_at", "secret_hash"])


class AccessNeed(models.Model):
    """What makes the day easier for somebody: the facilitator's eyes only, never exported (`domain.md` 5.1)."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="access_needs")
    need = models.TextField()
    facts = models.JSONField(default=dict, blank=True)
