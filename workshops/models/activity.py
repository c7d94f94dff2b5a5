"""An activity: one use of a kind on the run sheet."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workshops.models.card import Card
from workshops.models.mark import Mark
from workshops.models.rows import Rows
from workshops.problems import Conflict
from workshops.stages import BY_SLUG, CHOICES
from workshops.statements import send


class Activities(Rows):
    def workshop_with_current(self, **exactly: Any) -> Any:
        """The one workshop, with its current activity filled in: two small reads cost less than one of both.

        Raises Workshop.DoesNotExist.
        """
        workshops = self.model._meta.get_field("workshop").remote_field.model.objects
        workshop, current = send(workshops.wanted(**exactly), self.wanted_through("current_id", workshops, **exactly))
        if workshop is None:
            raise workshops.model.DoesNotExist
        if current is not None and current.pk == workshop.current_id:
            workshop.current, current.workshop = current, workshop
        return workshop

    def progress(self, workshop_id: int) -> list[tuple[str, str]]:
        """(stage, state) of everything on the run sheet that is not skipped."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT stage, state FROM workshops_activity WHERE workshop_id = %s AND NOT skipped", [workshop_id]
            )
            return cursor.fetchall()


class Activity(models.Model):
    """Waits on the run sheet, is opened, and is closed; reopening loses nothing.

    `block` names the block of the exchange file that this activity fills (`stories`, `vote_values`);
    `draws_on` is the earlier activity whose cards or themes this one works with.
    """

    WAITING, OPEN, CLOSED = "waiting", "open", "closed"
    STATES = [(WAITING, _("Waiting")), (OPEN, _("Open")), (CLOSED, _("Closed"))]
    GRACE = timedelta(minutes=15)

    workshop = models.ForeignKey("workshops.Workshop", on_delete=models.CASCADE, related_name="activities")
    position = models.PositiveIntegerField()
    kind = models.SlugField(max_length=40)
    ref = models.CharField(max_length=60, blank=True)
    block = models.CharField(max_length=60, blank=True)
    stage = models.CharField(_("Stage"), max_length=20, choices=CHOICES, default="why")
    title = models.CharField(_("Title"), max_length=120)
    prompt = models.TextField(_("What people see"), blank=True)
    say = models.JSONField(default=list, blank=True)
    grouping = models.CharField(_("How people sit"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), default=10)
    shortest = models.PositiveSmallIntegerField(_("Shortest"), default=5)
    planned_at = models.TimeField(null=True, blank=True)
    skipped = models.BooleanField(default=False)
    settings = models.JSONField(default=dict, blank=True)
    notes = models.JSONField(default=dict, blank=True)
    draws_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="drawn_on_by")
    seating = models.ForeignKey("workshops.Round", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=STATES, default=WAITING)
    times_opened = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)

    objects = Activities()

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "activities"
        indexes = [models.Index(fields=["workshop", "position"])]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == self.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == self.CLOSED

    @property
    def chapter(self):
        return BY_SLUG[self.stage]

    @property
    def mine_key(self) -> str:
        """Changes when the forms that belong to this activity change: opened, closed, opened again."""
        return f"{self.pk}.{self.state}.{self.times_opened}"

    @property
    def ends_in_ms(self) -> int | None:
        """Milliseconds to go (negative when over), or None when nothing is timed."""
        if not self.is_open or self.due_at is None:
            return None
        return int((self.due_at - timezone.now()).total_seconds() * 1000)

    def open(self) -> None:
        """Open for everyone, from waiting or again after closing."""
        if self.is_open:
            raise Conflict(_("“%(title)s” is already open.") % {"title": self.title})
        now = timezone.now()
        self.state, self.opened_at, self.closed_at = self.OPEN, self.opened_at or now, None
        self.due_at = now + timedelta(minutes=self.minutes)
        self.times_opened += 1
        self.save(update_fields=["state", "opened_at", "closed_at", "due_at", "times_opened"])

    def close(self) -> None:
        if not self.is_open:
            raise Conflict(_("“%(title)s” is not open.") % {"title": self.title})
        self.state, self.closed_at = self.CLOSED, timezone.now()
        self.save(update_fields=["state", "closed_at"])

    def ask_again(self) -> None:
        """The question has changed while it is open: every phone fetches its own forms anew."""
        self.times_opened += 1
        self.save(update_fields=["times_opened"])

    def extend(self, minutes: int) -> None:
        """More (or fewer) minutes from now or from the end already set, whichever is later."""
        self.due_at = max(self.due_at or timezone.now(), timezone.now()) + timedelta(minutes=minutes)
        self.save(update_fields=["due_at"])

    def set_up(self, **given) -> None:
        """Change how it is planned; what has happened in it stays as it is."""
        for name, value in given.items():
            setattr(self, name, value)
        self.save(update_fields=list(given))

    def is_used(self) -> bool:
        """Whether anybody has put anything here, so that taking it off the run sheet would lose words."""
        return (
            self.times_opened > 0
            or self.cards.exists()
            or self.marks.exists()
            or self.themes.exists()
            or self.commitments.exists()
        )

    def take_off(self) -> None:
        """Off the run sheet for good. Raises Conflict where words or a later activity would be lost."""
        if self.is_used():
            raise Conflict(
                _("“%(title)s” has been used: what people put there would be lost. Skip it instead.")
                % {"title": self.title}
            )
        later = self.drawn_on_by.first()
        if later:
            raise Conflict(
                _("“%(later)s” works with what comes out of “%(title)s”. Change or remove that one first.")
                % {"later": later.title, "title": self.title}
            )
        self.delete()

    def note(self, name: str, what) -> None:
        """Keep something beside the activity: a decision, what closing settled."""
        self.notes = {**self.notes, name: what}
        self.save(update_fields=["notes"])

    def lateness(self) -> bool:
        """False while open, True within the grace after closing. Raises Conflict when it is too late or too early."""
        if self.is_open:
            return False
        if self.is_closed and self.closed_at and timezone.now() - self.closed_at <= self.GRACE:
            return True
        if self.is_closed:
            raise Conflict(
                _("“%(title)s” is closed. Your words were not sent. They are still here: you can copy them.")
                % {"title": self.title}
            )
        raise Conflict(_("“%(title)s” is not open yet.") % {"title": self.title})

    def table_of(self, participant):
        """The table of this person in this activity's seating, or None."""
        return self.seating.table_of(participant) if self.seating else None

    def begin_groups(self):
        """A round of groups that people choose, begun when the first of them does."""
        rounds = self.workshop.rounds
        last = rounds.order_by("-number").values_list("number", flat=True).first() or 0
        self.seating = rounds.create(number=last + 1, by_interest=True)
        self.save(update_fields=["seating"])
        return self.seating

    def put_up(self, text: str = "", *, by=None, table=None, scribe=None, late: bool = False, **more) -> Card:
        """A new card. `by` is its author; a table's card has a `table`, a `scribe` and no author (`domain.md` 4.1)."""
        if table is None and by is not None:
            table = self.table_of(by)
        return Card.objects.make(
            activity=self, text=text, participant=by, table=table, entered_by=scribe or by, late=late, **more
        )

    def cast(
        self, value, *, by, card=None, theme=None, criterion: str = "", note: str = "", channel: str = "phone"
    ) -> Mark:
        """One mark of one person; casting again replaces it."""
        mark, _made = Mark.objects.update_or_create(
            activity=self,
            participant=by,
            target=Mark.target_of(card, theme),
            criterion=criterion,
            defaults={"value": value, "card": card, "theme": theme, "note": note, "channel": channel},
        )
        return mark

    def cast_ballot(self, ballot: Mapping[str, float], *, by, criterion: str = "", channel: str = "phone") -> None:
        """One person's whole ballot, target -> value. It replaces the one they cast before."""
        self.marks.filter(participant=by, criterion=criterion).delete()
        Mark.objects.bulk_create(
            Mark(
                activity=self,
                participant=by,
                value=value,
                target=target,
                criterion=criterion,
                channel=channel,
                **Mark.aim(target),
            )
            for target, value in ballot.items()
        )

    def cast_answers(
        self, answers: Mapping[str, float], *, by, notes: Mapping[str, str], channel: str = "phone"
    ) -> None:
        """Several answers of one person about the activity itself, criterion -> value. Their others stay."""
        self.marks.filter(participant=by, target="", criterion__in=list(answers)).delete()
        Mark.objects.bulk_create(
            Mark(
                activity=self,
                participant=by,
                value=value,
                criterion=criterion,
                note=notes.get(criterion, ""),
                channel=channel,
            )
            for criterion, value in answers.items()
        )
