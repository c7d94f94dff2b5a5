"""What is agreed in stage 3: priorities, and the national and local drivers they answer to."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from workshops.problems import Conflict


def in_words(date: str) -> str:
    """ "2026-02-04" is "4 February 2026", "2026-02" is "February 2026"; anything else stays as it is."""
    for form, words in (("%Y-%m-%d", "j F Y"), ("%Y-%m", "F Y")):
        try:
            return date_format(datetime.strptime(date, form), words)  # noqa: DTZ007, a day has no time zone
        except ValueError:
            continue
    return date


class Driver(models.Model):
    """A national or local priority card, editable, with source, date and status (`domain.md` 7)."""

    CONFIRMED, REPORTED, OWN, TO_CHECK = "confirmed", "reported", "own_knowledge", "to_check"
    STATUSES = [
        (CONFIRMED, _("Confirmed")),
        (REPORTED, _("Reported")),
        (OWN, _("Not looked up")),
        (TO_CHECK, _("To check")),
    ]
    GOOD_FOR = timedelta(days=90)

    network = models.ForeignKey("workshops.Network", on_delete=models.CASCADE, related_name="drivers")
    ref = models.CharField(max_length=60, blank=True)
    organisation = models.ForeignKey(
        "workshops.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="drivers"
    )
    group = models.CharField(_("Group"), max_length=60, blank=True)
    title = models.CharField(_("Title"), max_length=160)
    summary = models.TextField(_("What it says, in our words"), blank=True)
    prompt = models.CharField(_("Question"), max_length=300, blank=True)
    sources = models.JSONField(default=list, blank=True)
    tags = models.JSONField(default=list, blank=True)
    status = models.CharField(_("Status"), max_length=20, choices=STATUSES, default=TO_CHECK)
    note = models.TextField(_("Note"), blank=True)
    checked_by = models.CharField(max_length=100, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    hidden = models.BooleanField(_("Hidden"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["organisation_id", "position", "pk"]

    def __str__(self):
        return self.title

    @property
    def is_local(self) -> bool:
        return self.organisation_id is not None

    @property
    def needs_a_check(self) -> bool:
        """Known to be moving and never checked, or checked longer ago than a season."""
        if self.checked_on is None:
            return self.status == self.TO_CHECK
        return self.checked_on < timezone.localdate() - self.GOOD_FOR

    @property
    def dated_sources(self) -> list[dict[str, str]]:
        """The sources, each with `when`: its date in words, as precise as it was given."""
        return [{**source, "when": in_words(str(source.get("date") or ""))} for source in self.sources]

    def mark_checked(self, by: str) -> None:
        """Somebody has looked at the source today, and the card still says what it says."""
        self.checked_by, self.checked_on = by, timezone.localdate()
        self.save(update_fields=["checked_by", "checked_on"])

    def hide(self, hidden: bool = True) -> None:
        self.hidden = hidden
        self.save(update_fields=["hidden"])


class Priority(models.Model):
    """What became of themes on the long list: agreed, held for later with a keeper, started at once, or not ours."""

    AGREED, HELD, QUICK_WIN, NOT_OURS = "agreed", "held", "quick_win", "not_ours"
    DECISIONS = [
        (AGREED, _("Agreed")),
        (HELD, _("Next: held for later")),
        (QUICK_WIN, _("Just do it")),
        (NOT_OURS, _("Not ours to lead")),
    ]

    workshop = models.ForeignKey("workshops.Workshop", on_delete=models.CASCADE, related_name="priorities")
    ref = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    decision = models.CharField(max_length=12, choices=DECISIONS, default=AGREED)
    title = models.CharField(_("Title"), max_length=120)
    one_line = models.CharField(_("In one line"), max_length=300, blank=True)
    why = models.TextField(_("Why"), blank=True)
    keeper = models.ForeignKey(
        "workshops.Participant", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    starts_on = models.DateField(null=True, blank=True)
    cards = models.ManyToManyField("workshops.Card", blank=True, related_name="priorities")
    values = models.ManyToManyField("workshops.Value", blank=True, related_name="priorities")
    purpose_link = models.CharField(_("Words of our purpose that it serves"), max_length=200, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "priorities"

    def __str__(self):
        return self.title

    def reword(self, title: str, one_line: str) -> None:
        self.title, self.one_line = title, one_line
        self.save(update_fields=["title", "one_line"])

    def serve(self, purpose_link: str, values) -> None:
        """Which words of the purpose it serves, and which values."""
        self.purpose_link = purpose_link
        self.save(update_fields=["purpose_link"])
        self.values.set(values)

    def take_in(self, *cards) -> None:
        """It grows from these themes too, and answers at once to what they answer to."""
        self.cards.add(*cards)
        named = dict.fromkeys(pk for card in cards for pk in card.fields.get("drivers", []))
        known = Driver.objects.filter(network=self.workshop.network_id).in_bulk(named)
        cells = (Alignment(priority=self, driver=known[pk]) for pk in named if pk in known)
        Alignment.objects.bulk_create(cells, ignore_conflicts=True)

    def let_go(self, card) -> None:
        """It no longer grows from this theme; one that grows from nothing any more goes. Raises Conflict."""
        self.cards.remove(card)
        if not self.cards.exists():
            self.drop()

    def decide(self, decision: str, *, why: str, keeper, starts_on) -> None:
        """What becomes of something that is not among the priorities."""
        self.decision, self.why, self.keeper, self.starts_on = decision, why, keeper, starts_on
        self.save(update_fields=["decision", "why", "keeper", "starts_on"])

    def drop(self) -> None:
        """Off the list. A priority that a group has begun to plan stays: its words are not thrown away."""
        if hasattr(self, "plan") and (self.plan.ambition or self.plan.actions.exists()):
            raise Conflict(
                _("A group is already planning “%(title)s”. Reword it, or let them finish.") % {"title": self}
            )
        self.delete()

    def align(self, driver, strength: int) -> None:
        """How far this priority helps `driver`: 0 takes the cell away."""
        if strength:
            self.alignments.update_or_create(driver=driver, defaults={"strength": strength})
        else:
            self.alignments.filter(driver=driver).delete()


class Alignment(models.Model):
    """How far a priority helps a driver: 1 helps, 2 strongly helps (`domain.md` 3.10)."""

    priority = models.ForeignKey(Priority, on_delete=models.CASCADE, related_name="alignments")
    driver = models.ForeignKey(Driver, on_delete=models.CASCADE, related_name="alignments")
    strength = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["priority", "driver"], name="one_cell_a_pair")]
