"""A workshop: one planned-and-run day. Its `version` rises with every change."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from workshops.models.rows import Rows
from workshops.statements import Statement

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def new_code() -> str:
    """Six characters without 0, O, 1 and I: easy to read aloud as two groups of three."""
    return "".join(secrets.choice(CODE_LETTERS) for _n in range(6))


def new_nonce() -> str:
    return secrets.token_urlsafe(12)


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    def by_code(self, code: str) -> "Workshop":
        """The workshop with this code, however it was typed. Raises Workshop.DoesNotExist."""
        return self.select_related("network", "current__seating").get(code=tidy_code(code))


def tidy_code(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())[:12]


class Workshop(models.Model):
    """One day (or half day) of a network, from draft to a locked pack."""

    DRAFT, RUNNING, CLOSED, LOCKED = "draft", "running", "closed", "locked"
    STATES = [(DRAFT, _("Draft")), (RUNNING, _("Running")), (CLOSED, _("Closed")), (LOCKED, _("Locked"))]

    network = models.ForeignKey("workshops.Network", on_delete=models.CASCADE, related_name="workshops")
    ref = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=6, unique=True, default=new_code, editable=False)
    title = models.CharField(_("Title"), max_length=160)
    date = models.DateField(_("Date"))
    starts_at = models.TimeField(_("Starts at"))
    ends_at = models.TimeField(_("Ends at"), null=True, blank=True)
    question = models.TextField(_("Question for the day"), blank=True)
    venue = models.CharField(_("Place"), max_length=160, blank=True)
    template = models.CharField(max_length=60, blank=True, editable=False)
    facts = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default=DRAFT)
    version = models.BigIntegerField(default=0)
    current = models.ForeignKey(
        "workshops.Activity", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    seating = models.ForeignKey("workshops.Round", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    screen_nonce = models.CharField(max_length=24, default=new_nonce, editable=False)
    screen_blank = models.BooleanField(default=False)
    rehearsal = models.BooleanField(default=False)
    facilitators = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="facilitated")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)

    objects = Rows.from_queryset(WorkshopQuerySet)()

    class Meta:
        ordering = ["-date", "-pk"]

    def __str__(self):
        return self.title

    @cached_property
    def crowd(self):
        """Everybody in it (see people.Crowd), as of the first time this was asked."""
        return self.participants.model.objects.crowd_of(self.pk)

    @property
    def spoken_code(self) -> str:
        return f"{self.code[:3]} {self.code[3:]}"

    @property
    def data_controller(self) -> str:
        """Who answers for the data, as the privacy notice names them."""
        return self.facts.get("event", {}).get("data_controller") or self.network.name

    def answer_for_data(self, data_controller: str, contact: str) -> None:
        """Who is responsible, and whom to ask: both stand in the privacy notice."""
        event = {**self.facts.get("event", {}), "data_controller": data_controller}
        self.facts = {**self.facts, "event": event, "privacy_contact": contact}
        self.save(update_fields=["facts"])

    @property
    def is_locked(self) -> bool:
        return self.state == self.LOCKED

    @property
    def stage(self) -> str:
        return self.current.stage if self.current else "arrive"

    def show(self, activity) -> None:
        """Put `activity` in front of everyone; the first one starts the day."""
        self.current = activity
        if self.state == self.DRAFT:
            self.state, self.started_at = self.RUNNING, timezone.now()
        if activity and activity.seating_id:
            self.seating_id = activity.seating_id
        self.save(update_fields=["current", "state", "started_at", "seating"])

    def after_current(self):
        """The activity that comes next on the run sheet, or None at the end."""
        waiting = self.activities.filter(skipped=False).order_by("position")
        if self.current:
            waiting = waiting.filter(position__gt=self.current.position)
        return waiting.first()

    def finish(self) -> None:
        self.state = self.CLOSED
        self.save(update_fields=["state"])

    def lock(self) -> None:
        """The pack is final: nothing in this workshop changes any more."""
        self.state, self.locked_at = self.LOCKED, timezone.now()
        self.save(update_fields=["state", "locked_at"])

    def unlock(self) -> None:
        self.state, self.locked_at = self.CLOSED, None
        self.save(update_fields=["state", "locked_at"])

    def rise(self) -> Statement:
        """To the next version. Only under the lock of a write, where nobody else can raise it."""
        self.version += 1
        return Statement("UPDATE workshops_workshop SET version = %s WHERE id = %s", [self.version, self.pk])

    def blank_screen(self, blank: bool) -> None:
        self.screen_blank = blank
        self.save(update_fields=["screen_blank"])

    def new_screen_link(self) -> None:
        """Every screen that was open before is shut out."""
        self.screen_nonce = new_nonce()
        self.save(update_fields=["screen_nonce"])
