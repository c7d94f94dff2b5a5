"""A pack that was asked for: waiting, being made, ready, or failed with a reason."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class PackQuerySet(models.QuerySet):
    def under_way(self):
        """Asked for, and still within the time that making one may take."""
        since = timezone.now() - Pack.LONGEST
        return self.filter(state__in=[Pack.WAITING, Pack.MAKING], asked_at__gte=since)


class Pack(models.Model):
    """One file. Earlier ones stay, so that what was sent out can be found again."""

    WAITING, MAKING, READY, FAILED = "waiting", "making", "ready", "failed"
    STATES = [
        (WAITING, gettext_lazy("Waiting")),
        (MAKING, gettext_lazy("Being made")),
        (READY, gettext_lazy("Ready")),
        (FAILED, gettext_lazy("Failed")),
    ]
    LONGEST = timedelta(minutes=5)

    workshop = models.ForeignKey("workshops.Workshop", on_delete=models.CASCADE, related_name="packs")
    state = models.CharField(max_length=10, choices=STATES, default=WAITING)
    step = models.CharField(max_length=120, blank=True)
    problem = models.CharField(max_length=200, blank=True)
    of_version = models.BigIntegerField(null=True, blank=True)
    draft = models.BooleanField(default=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    file = models.CharField(max_length=160, blank=True)
    asked_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PackQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.WAITING, self.MAKING) and timezone.now() - self.asked_at < self.LONGEST

    @property
    def is_lost(self) -> bool:
        """The process that was making it is gone without a word."""
        return self.state in (self.WAITING, self.MAKING) and not self.is_under_way

    def begin(self) -> None:
        self.state, self.step = self.MAKING, _("Gathering what was agreed")
        self.of_version, self.draft = self.workshop.version, not self.workshop.is_locked
        self.save(update_fields=["state", "step", "of_version", "draft"])

    def tell(self, step: str) -> None:
        self.step = step[:120]
        self.save(update_fields=["step"])

    def finish(self, file: str, pages: int) -> None:
        self.state, self.step, self.file, self.pages, self.ended_at = self.READY, "", file, pages, timezone.now()
        self.save(update_fields=["state", "step", "file", "pages", "ended_at"])

    def fail(self, problem: str) -> None:
        self.state, self.step, self.problem, self.ended_at = self.FAILED, "", problem[:200], timezone.now()
        self.save(update_fields=["state", "step", "problem", "ended_at"])
