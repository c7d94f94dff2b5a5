"""Workshops: the list of mine, and a new one from a run sheet."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from facilitation import passes
from facilitation.planning.forms import DateInput, TimeInput
from facilitation.planning.gate import carry_out, planner
from facilitation.planning.networks import begin_network
from workshops.days import lay_out, templates
from workshops.models import Network, Workshop
from workshops.policy import Actor, actor_in_network, actor_of_user, can, networks_of, workshops_of
from workshops.timetable import retime, shift
from workshops.write import keep

NEW, EMPTY = "new", "empty"


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every workshop of my networks, with the doors that are mine to open."""
    found = list(workshops_of(request.user).select_related("network"))
    for workshop in found:
        actor = actor_of_user(request.user, workshop)
        workshop.may = {action: can(actor, action, workshop) for action in ("run", "plan", "watch_screen", "read_pack")}
        workshop.screen_url = screen_url(workshop)
    context = {"workshops": found, "networks": networks_of(request.user)}
    return render(request, "workshops/index.html", context)


def screen_url(workshop: Workshop) -> str:
    return reverse("screen", args=[passes.make_screen_pass(workshop.pk, workshop.screen_nonce)])


class AboutForm(forms.ModelForm):
    """What a workshop is called, when and where it is, and what it asks."""

    data_controller = forms.CharField(
        label=_("Who is responsible for the data"),
        max_length=160,
        required=False,
        help_text=_("The body that hosts the network; named in the privacy notice. Empty: the network"),
    )
    privacy_contact = forms.CharField(
        label=_("Whom to ask about it"),
        max_length=160,
        required=False,
        help_text=_("An email address or a telephone number, for questions and complaints"),
    )

    class Meta:
        model = Workshop
        fields = ["title", "date", "starts_at", "venue", "question"]
        widgets = {"date": DateInput(), "starts_at": TimeInput(), "question": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "question": _("One sentence, shown while people arrive. It can wait."),
            "venue": _("Room and building. It can wait."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        facts = self.instance.facts
        self.initial.setdefault("data_controller", facts.get("event", {}).get("data_controller", ""))
        self.initial.setdefault("privacy_contact", facts.get("privacy_contact", ""))

    def write_down(self, workshop: Workshop) -> None:
        """Onto a freshly read workshop, and nothing else of it."""
        for name in self.Meta.fields:
            setattr(workshop, name, self.cleaned_data[name])
        workshop.save(update_fields=self.Meta.fields)
        workshop.answer_for_data(self.cleaned_data["data_controller"], self.cleaned_data["privacy_contact"])


class NewForm(AboutForm):
    """Everything that it takes to have a run sheet on the next page."""

    network = forms.ChoiceField(label=_("Network"))
    network_name = forms.CharField(
        label=_("Name of the new network"),
        max_length=160,
        required=False,
        help_text=_("Only for a new network, as its members would say it"),
    )
    template = forms.ChoiceField(label=_("Run sheet to start from"), widget=forms.RadioSelect)

    def __init__(self, *args, networks: list[Network], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["network"].choices = [*((str(one.pk), one.name) for one in networks), (NEW, _("A new network"))]
        self.fields["template"].choices = [
            *((day["id"], day["title"]) for day in templates().values()),
            (EMPTY, _("An empty run sheet")),
        ]
        self.fields["template"].initial = next(iter(templates()))
        self.fields["starts_at"].required = False
        self.fields["starts_at"].help_text = _("Empty: as the run sheet says")
        if not networks:
            self.fields["network"].widget = forms.HiddenInput()
            self.fields["network"].initial = NEW
            self.fields["network_name"].help_text = _("As its members would say it")

    @property
    def cards(self):
        """Each run sheet beside its radio button; None for the empty one."""
        return [(radio, templates().get(str(radio.data["value"]))) for radio in self["template"]]

    def clean(self):
        given = super().clean()
        if given.get("network") == NEW and not (given.get("network_name") or "").strip():
            self.add_error("network_name", _("Please write the name of the network."))
        if given.get("template") == EMPTY and not given.get("starts_at"):
            self.add_error("starts_at", _("An empty run sheet does not say when it starts: please choose a time."))
        return given

    def make(self, user, networks: list[Network]) -> Workshop:
        """The workshop with its run sheet, and its network where that is new."""
        given = self.cleaned_data
        network = next((one for one in networks if str(one.pk) == given["network"]), None)
        if network is None:
            network = begin_network(user, name=given["network_name"].strip())
        workshop, chosen = self.instance, templates().get(given["template"])
        workshop.network = network
        wanted = workshop.starts_at
        if chosen:
            workshop.template = chosen["id"]
            workshop.starts_at = wanted or forms.TimeField().clean(chosen["start"])
        workshop.save()
        if chosen:
            lay_out(workshop, chosen["id"])
            retime(workshop, wanted)
        return workshop


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    networks = [
        network
        for network in networks_of(request.user)
        if can(actor_in_network(request.user, network), "plan", network)
    ]
    chosen = {"network": request.GET.get("network", "")} if "network" in request.GET else {}
    form = NewForm(request.POST or None, networks=networks, initial=chosen)
    if request.method == "POST" and form.is_valid():
        workshop = keep(lambda: form.make(request.user, networks))
        return redirect("run-sheet", code=workshop.code)
    return render(request, "workshops/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@planner
def about(request: HttpRequest, workshop: Workshop, actor: Actor) -> HttpResponse:
    """Change what the workshop is called, when and where it is. A new start moves the whole run sheet."""
    started = workshop.starts_at
    form = AboutForm(request.POST or None, instance=workshop)
    if request.method == "POST" and form.is_valid():

        def change(locked: Workshop) -> Workshop:
            form.write_down(locked)
            shift(locked, started)
            return locked

        if carry_out(request, workshop, actor, "workshop.about", change, gettext("Saved.")):
            return redirect("run-sheet", code=workshop.code)
    context = {"workshop": workshop, "form": form}
    return render(request, "workshops/about.html", context, status=422 if form.errors else 200)
