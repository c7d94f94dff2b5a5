"""What is agreed in stage 2: the purpose, in versions, and values with behaviours."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from workshops.problems import Conflict


class Purpose(models.Model):
    """One version of the purpose. The newest is the working purpose; earlier ones stay."""

    workshop = models.ForeignKey("workshops.Workshop", on_delete=models.CASCADE, related_name="purposes")
    ref = models.CharField(max_length=40, blank=True)
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("Purpose"))
    short_form = models.CharField(_("Short form"), max_length=200, blank=True)
    status = models.CharField(max_length=80, blank=True)
    made_at = models.CharField(max_length=60, blank=True)
    made_by = models.ManyToManyField("workshops.Participant", blank=True, related_name="+")
    sources = models.ManyToManyField("workshops.Card", blank=True, related_name="purposes")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["workshop", "number"], name="one_purpose_a_number")]

    def __str__(self):
        return self.text

    @classmethod
    def put(cls, workshop, text: str, *, sources=(), made_by=(), **more) -> "Purpose":
        """The next version, which is the working purpose from now on. Sources and makers keep the order given."""
        last = workshop.purposes.last()
        purpose = cls.objects.create(workshop=workshop, number=last.number + 1 if last else 1, text=text, **more)
        for card in sources:
            purpose.sources.add(card)
        for person in made_by:
            purpose.made_by.add(person)
        return purpose

    def settle(self, status: str) -> None:
        self.status = status
        self.save(update_fields=["status"])

    def object(self, text: str, *, by=None, resolved_by: str = "") -> "Objection":
        """Somebody says why this wording would harm the purpose."""
        return self.objections.create(text=text, by=by, resolved_by=resolved_by)


class Objection(models.Model):
    """A reason why a wording would harm the purpose, and what was done about it (`domain.md` 3.13)."""

    purpose = models.ForeignKey(Purpose, on_delete=models.CASCADE, related_name="objections")
    by = models.ForeignKey("workshops.Participant", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    resolved_by = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def resolve(self, words: str) -> None:
        self.resolved_by = words
        self.save(update_fields=["resolved_by"])


class Value(models.Model):
    """One of three to five values that the network agreed to live by. Grew from the cards of `theme`."""

    workshop = models.ForeignKey("workshops.Workshop", on_delete=models.CASCADE, related_name="values")
    ref = models.CharField(max_length=40, blank=True)
    theme = models.ForeignKey(
        "workshops.Theme", null=True, blank=True, on_delete=models.SET_NULL, related_name="values"
    )
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("Name"), max_length=60)
    statement = models.CharField(_("In one sentence"), max_length=300, blank=True)
    how_we_will_notice = models.CharField(_("How we will notice"), max_length=300, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name

    def reword(self, name: str, statement: str, notice: str) -> None:
        self.name, self.statement, self.how_we_will_notice = name, statement, notice
        self.save(update_fields=["name", "statement", "how_we_will_notice"])

    def drop(self) -> None:
        """Off the list. One that something has grown from stays: its thread would be cut."""
        if self.priorities.exists() or self.plans.exists():
            raise Conflict(_("A priority or a plan names “%(value)s”. Reword it instead.") % {"value": self.name})
        self.delete()

    def add(self, text: str, *, will: bool, card=None) -> "Behaviour":
        """A line under this value; `card` is where the words came from."""
        return self.behaviours.create(text=text, will=will, card=card, position=self.behaviours.count() + 1)


class Behaviour(models.Model):
    """A line under a value: what we will do, or will not do."""

    value = models.ForeignKey(Value, on_delete=models.CASCADE, related_name="behaviours")
    will = models.BooleanField(default=True)
    text = models.CharField(max_length=240)
    position = models.PositiveSmallIntegerField(default=0)
    card = models.ForeignKey(
        "workshops.Card", null=True, blank=True, on_delete=models.SET_NULL, related_name="behaviours"
    )

    class Meta:
        ordering = ["-will", "position", "pk"]

    def __str__(self):
        return self.text
