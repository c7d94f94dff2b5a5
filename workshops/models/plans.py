"""What is agreed in stage 4: plans, actions, commitments, and what happens next."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PERSON: dict[str, Any] = {"null": True, "blank": True, "on_delete": models.SET_NULL, "related_name": "+"}


class Plan(models.Model):
    """One page that people will recognise on Monday: one priority, one small group (`domain.md` 3.14).

    `revisions` counts the changes of each field, so that two people who edit different fields never meet,
    and two who edit the same one both keep their words.
    """

    DRAFT, READY = "draft", "ready"
    STATES = [(DRAFT, _("Draft")), (READY, _("Ready"))]

    workshop = models.ForeignKey("workshops.Workshop", on_delete=models.CASCADE, related_name="plans")
    ref = models.CharField(max_length=40, blank=True)
    priority = models.OneToOneField("workshops.Priority", on_delete=models.CASCADE, related_name="plan")
    table = models.ForeignKey("workshops.Table", null=True, blank=True, on_delete=models.SET_NULL, related_name="plans")
    state = models.CharField(max_length=10, choices=STATES, default=DRAFT)
    ambition = models.CharField(_("In twelve months"), max_length=350, blank=True)
    why_it_matters = models.CharField(_("Why it matters"), max_length=200, blank=True)
    purpose_link = models.CharField(_("Words of our purpose that it serves"), max_length=200, blank=True)
    values = models.ManyToManyField("workshops.Value", blank=True, related_name="plans")
    drivers = models.ManyToManyField("workshops.Driver", blank=True, related_name="plans")
    lead = models.ForeignKey("workshops.Participant", **PERSON)
    lead_accepted_at = models.DateTimeField(null=True, blank=True)
    lead_to_ask = models.CharField(_("Lead still to be asked"), max_length=160, blank=True)
    deputies = models.ManyToManyField("workshops.Participant", blank=True, related_name="+")
    sponsor = models.ForeignKey("workshops.Participant", **PERSON)
    team = models.ManyToManyField("workshops.Participant", blank=True, related_name="+")
    measures = models.JSONField(default=list, blank=True)
    resources = models.JSONField(default=dict, blank=True)
    risks = models.JSONField(default=list, blank=True)
    depends_on = models.JSONField(default=list, blank=True)
    first_step = models.CharField(_("First step"), max_length=240, blank=True)
    first_step_by = models.DateField(null=True, blank=True)
    first_step_who = models.ForeignKey("workshops.Participant", **PERSON)
    stop_doing = models.CharField(_("We will stop"), max_length=240, blank=True)
    confidence = models.PositiveSmallIntegerField(_("Confidence, 0 to 5"), null=True, blank=True)
    revisions = models.JSONField(default=dict, blank=True)
    earlier = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["priority__position", "pk"]

    def __str__(self):
        return str(self.priority)

    @classmethod
    def begin(cls, priority, table=None) -> "Plan":
        """The plan of this priority: begun now, or the one that was; a table takes it up when it has none."""
        plan, _made = cls.objects.get_or_create(priority=priority, defaults={"workshop_id": priority.workshop_id})
        if table is not None and plan.table_id is None:
            plan.table = table
            plan.save(update_fields=["table"])
        return plan

    def fill_in(self, **fields) -> None:
        """Change fields; earlier wordings of texts are kept, and the plan is a draft again."""
        was = {name: getattr(self, name) for name, value in fields.items() if isinstance(value, str)}
        self.earlier = [*self.earlier, *({"field": name, "text": text} for name, text in was.items() if text)]
        for name, value in fields.items():
            setattr(self, name, value)
        self.state = self.DRAFT
        self.save(update_fields=[*fields, "earlier", "state"])

    def name_lead(self, lead, to_ask: str = "") -> None:
        """One named lead, who has yet to say yes; somebody absent can be "to be asked", never lead."""
        if lead != self.lead:
            self.lead_accepted_at = None
        self.lead, self.lead_to_ask, self.state = lead, to_ask, self.DRAFT
        self.save(update_fields=["lead", "lead_to_ask", "lead_accepted_at", "state"])

    def accept(self) -> None:
        """The lead says yes, on their own device."""
        self.lead_accepted_at = timezone.now()
        self.save(update_fields=["lead_accepted_at"])

    def missing(self) -> list[str]:
        """What is still needed before the plan is ready, in words (`domain.md` 3.14)."""
        actions = list(self.actions.all())
        wants = [
            (not self.ambition, _("an ambition for twelve months")),
            (self.lead_id is None, _("one named lead")),
            (self.lead_id is not None and self.lead_accepted_at is None, _("a yes from the lead")),
            (not 2 <= len(actions) <= 4, _("two or three actions")),
            (
                any(action.lead_id is None or action.by is None for action in actions),
                _("a lead and a date for each action"),
            ),
            (not self.first_step, _("a first step")),
            (not self.measures, _("at least one measure")),
        ]
        return [str(words) for wanting, words in wants if wanting]

    def mark_ready(self) -> None:
        self.state = self.READY
        self.save(update_fields=["state"])


class Action(models.Model):
    """One of two or three things that a plan consists of, with one named lead."""

    NOT_STARTED, IN_PROGRESS, COMPLETE, STOPPED = "not_started", "in_progress", "complete", "stopped"
    STATUSES = [
        (NOT_STARTED, _("Not started")),
        (IN_PROGRESS, _("In progress")),
        (COMPLETE, _("Complete")),
        (STOPPED, _("Stopped")),
    ]

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="actions")
    ref = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("Action"), max_length=240)
    lead = models.ForeignKey("workshops.Participant", **PERSON)
    deputy = models.ForeignKey("workshops.Participant", **PERSON)
    start = models.DateField(null=True, blank=True)
    by = models.DateField(_("By"), null=True, blank=True)
    output = models.CharField(_("Output"), max_length=200, blank=True)
    status = models.CharField(max_length=12, choices=STATUSES, default=NOT_STARTED)
    rag = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text


class ProgressNote(models.Model):
    """What a later review found about an action."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="progress")
    status = models.CharField(max_length=12, choices=Action.STATUSES)
    rag = models.CharField(max_length=12, blank=True)
    note = models.TextField(blank=True)
    on = models.DateField(null=True, blank=True)


class Commitment(models.Model):
    """One small thing that one person will do (`domain.md` 3.16)."""

    EVERYONE, TABLE, ME = "everyone", "table", "me"
    SHARING = [(EVERYONE, _("Everyone")), (TABLE, _("My table")), (ME, _("Only me"))]

    workshop = models.ForeignKey("workshops.Workshop", on_delete=models.CASCADE, related_name="commitments")
    activity = models.ForeignKey("workshops.Activity", null=True, on_delete=models.SET_NULL, related_name="commitments")
    participant = models.ForeignKey(
        "workshops.Participant", null=True, on_delete=models.SET_NULL, related_name="commitments"
    )
    text = models.CharField(_("I will"), max_length=140)
    by = models.DateField(_("By"), null=True, blank=True)
    sharing = models.CharField(max_length=10, choices=SHARING, default=EVERYONE)
    with_name = models.BooleanField(_("With my name"), default=False)
    state = models.CharField(max_length=10, default="clear")
    late = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.text

    def release(self) -> None:
        """The facilitator has looked: it may be shown as its writer chose."""
        self.state = "clear"
        self.save(update_fields=["state"])


class OpenQuestion(models.Model):
    """A question parked on the day, with somebody who will answer it by a date."""

    workshop = models.ForeignKey("workshops.Workshop", on_delete=models.CASCADE, related_name="open_questions")
    text = models.CharField(max_length=300)
    owner = models.ForeignKey("workshops.Participant", **PERSON)
    answer_by = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]


class ReviewDate(models.Model):
    """When the network looks at its plans again."""

    workshop = models.ForeignKey("workshops.Workshop", on_delete=models.CASCADE, related_name="review_dates")
    on = models.DateField()
    what = models.CharField(max_length=160)
    format = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["on"]
