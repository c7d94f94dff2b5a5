"""The run sheet: what happens when. Order, length, words, and how each activity is set up."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from activities.kind import kind_of, rooms
from facilitation.planning.forms import LinesField
from facilitation.planning.gate import carry_out, planner
from workshops import timetable
from workshops.days import templates
from workshops.models import Activity, Workshop
from workshops.policy import Actor
from workshops.problems import Conflict


class ActivityForm(forms.ModelForm):
    """What every activity has, whatever its kind."""

    say = LinesField(
        label=_("What you say"),
        required=False,
        help_text=_("One sentence or two a line. They stay in sight on the console."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    class Meta:
        model = Activity
        fields = ["title", "prompt", "say", "minutes", "shortest", "stage", "grouping", "seating", "draws_on"]
        widgets = {"prompt": forms.Textarea(attrs={"rows": 3})}
        labels = {"seating": _("Tables"), "draws_on": _("Works with what comes out of")}
        help_texts = {
            "prompt": _("The question on phones and on the big screen"),
            "shortest": _("Never cut below this when time is short"),
            "grouping": _("In your words: “pairs, then tables of six”"),
            "seating": _("Which seating round people sit in"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        workshop, position = self.instance.workshop, self.instance.position
        self.fields["draws_on"].queryset = workshop.activities.filter(position__lt=position)
        self.fields["draws_on"].empty_label = _("Nothing: it starts afresh")
        self.fields["seating"].queryset = workshop.rounds.all()
        self.fields["seating"].empty_label = _("No tables")
        self.fields["minutes"].min_value = 1

    def clean(self):
        given = super().clean()
        minutes, shortest = given.get("minutes"), given.get("shortest")
        if minutes is not None and minutes < 1:
            self.add_error("minutes", _("An activity takes at least one minute. Skip it if it should not happen."))
        elif minutes and shortest and shortest > minutes:
            self.add_error("shortest", _("The shortest cannot be longer than the minutes planned."))
        return given


class AddForm(forms.Form):
    """Which kind of activity, and where on the run sheet."""

    kind = forms.ChoiceField(label=_("Kind"), widget=forms.RadioSelect)
    after = forms.ChoiceField(label=_("It comes after"), required=False)

    def __init__(self, *args, workshop: Workshop, **kwargs):
        super().__init__(*args, **kwargs)
        self.workshop = workshop
        library = sorted(rooms().items(), key=lambda room: str(room[1].name))
        self.fields["kind"].choices = [(slug, kind.name) for slug, kind in library]
        sheet = list(workshop.activities.all())
        self.fields["after"].choices = [
            ("", _("nothing: it comes first")),
            *((str(one.pk), one.title) for one in sheet),
        ]
        if sheet:
            self.fields["after"].initial = str(sheet[-1].pk)

    @property
    def library(self):
        """Each kind beside its radio button."""
        return [(radio, rooms()[str(radio.data["value"])]) for radio in self["kind"]]

    def add(self, workshop: Workshop) -> Activity:
        kind = rooms()[self.cleaned_data["kind"]]
        after = workshop.activities.filter(pk=self.cleaned_data["after"] or 0).first()
        return timetable.add_after(
            workshop,
            after,
            kind=kind.slug,
            title=str(kind.name),
            stage=after.stage if after else "arrive",
            minutes=kind.minutes,
            shortest=max(1, kind.minutes * 2 // 3),
            seating=after.seating if after else None,
        )


@require_GET
@planner
def show(request: HttpRequest, workshop: Workshop, actor: Actor) -> HttpResponse:
    sheet = timetable.timetable(workshop)
    for line in sheet.lines:
        line.activity.room = kind_of(line.activity)
    before = templates().get(workshop.template, {}).get("before", "")
    return render(request, "workshops/run_sheet.html", {"workshop": workshop, "sheet": sheet, "before": before})


@require_http_methods(["GET", "POST"])
@planner
def activity(request: HttpRequest, workshop: Workshop, actor: Actor, activity_pk: int) -> HttpResponse:
    """One activity: its words, its length, and what its own kind asks to be set."""
    one = get_object_or_404(workshop.activities.select_related("seating", "draws_on"), pk=activity_pk)
    one.workshop = workshop
    kind = kind_of(one)
    form = ActivityForm(request.POST or None, instance=one)
    settings = kind.Settings(request.POST or None, initial=one.settings, prefix="settings")
    if request.method == "POST" and form.is_valid() and settings.is_valid():

        def change(locked: Workshop) -> Activity:
            fresh = locked.activities.get(pk=activity_pk)
            fresh.set_up(**form.cleaned_data, settings={**fresh.settings, **settings.cleaned_data})
            timetable.retime(locked)
            return fresh

        if carry_out(request, workshop, actor, "activity.set_up", change, gettext("“%s” is saved.") % one.title):
            return redirect("run-sheet", code=workshop.code)
    context = {"workshop": workshop, "activity": one, "kind": kind, "form": form, "settings": settings}
    failed = bool(form.errors or settings.errors)
    return render(request, "workshops/activity.html", context, status=422 if failed else 200)


@require_http_methods(["GET", "POST"])
@planner
def add(request: HttpRequest, workshop: Workshop, actor: Actor) -> HttpResponse:
    """The library of kinds; the one that is chosen goes onto the run sheet and opens for setting up."""
    form = AddForm(request.POST or None, workshop=workshop)
    if request.method == "POST" and form.is_valid():
        written = carry_out(request, workshop, actor, "activity.add", form.add)
        if written:
            return redirect("run-sheet-activity", code=workshop.code, activity_pk=written.made_pk)
    context = {"workshop": workshop, "form": form}
    return render(request, "workshops/add_activity.html", context, status=422 if form.errors else 200)


def _up(one: Activity) -> None:
    timetable.move(one, -1)


def _down(one: Activity) -> None:
    timetable.move(one, +1)


def _skip(one: Activity) -> None:
    if one.is_open:
        raise Conflict(gettext("“%s” is open now. Close it instead.") % one.title)
    one.set_up(skipped=True)
    timetable.retime(one.workshop)


def _keep(one: Activity) -> None:
    one.set_up(skipped=False)
    timetable.retime(one.workshop)


CHANGES = {"up": _up, "down": _down, "skip": _skip, "keep": _keep, "remove": timetable.take_off}


@require_POST
@planner
def change(request: HttpRequest, workshop: Workshop, actor: Actor, activity_pk: int, verb: str) -> HttpResponse:
    """One press on the run sheet: up, down, skip, keep, remove."""
    if verb not in CHANGES:
        raise Http404
    one = get_object_or_404(workshop.activities, pk=activity_pk)

    def press(locked: Workshop) -> None:
        fresh = locked.activities.filter(pk=activity_pk).first()
        if fresh is not None:
            fresh.workshop = locked
            CHANGES[verb](fresh)

    written = carry_out(request, workshop, actor, f"activity.{verb}", press)
    if written and verb == "remove":
        messages.success(request, gettext("“%s” is off the run sheet.") % one.title)
    anchor = "" if verb == "remove" else f"#activity-{activity_pk}"
    answer = redirect("run-sheet", code=workshop.code)
    answer["Location"] += anchor
    return answer
