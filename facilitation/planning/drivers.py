"""The library of national and local priority cards: edit, hide, check (`domain.md` 7)."""

from itertools import groupby

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from facilitation.planning.gate import keeper
from workshops.library import load_national
from workshops.models import Driver, Network
from workshops.policy import Actor
from workshops.write import keep

WORDS_IN_TITLE, WORDS_IN_SUMMARY = 8, 40


class DriverForm(forms.ModelForm):
    tags = forms.CharField(label=_("Tags"), required=False, max_length=200, help_text=_("Separated by commas"))

    class Meta:
        model = Driver
        fields = ["organisation", "group", "title", "summary", "prompt", "status", "note", "tags"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 3}), "note": forms.Textarea(attrs={"rows": 2})}
        labels = {"organisation": _("Whose priority it is")}
        help_texts = {
            "title": _("Eight words at most"),
            "summary": _("Forty words at most, in your own words"),
            "group": _("The heading it stands under: “Workforce”"),
            "prompt": _("What tables should ask themselves"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["tags"] = ", ".join(self.instance.tags)
        self.fields["organisation"].queryset = self.instance.network.organisations.all()
        self.fields["organisation"].empty_label = _("National")

    def clean_title(self):
        return self._at_most("title", WORDS_IN_TITLE)

    def clean_summary(self):
        return self._at_most("summary", WORDS_IN_SUMMARY)

    def clean_tags(self):
        return [tag.strip() for tag in self.cleaned_data["tags"].split(",") if tag.strip()]

    def _at_most(self, name: str, most: int) -> str:
        text = self.cleaned_data[name].strip()
        words = len(text.split())
        if words > most and name in self.changed_data:
            raise forms.ValidationError(
                _("%(words)d words: please keep it to %(most)d, so that it can be read on a card."),
                params={"words": words, "most": most},
            )
        return text


class SourceForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    publisher = forms.CharField(label=_("Publisher"), max_length=200, required=False)
    date = forms.CharField(
        label=_("Date"), max_length=20, required=False, help_text=_("As precise as it is: 2026-02-04, 2026-02, 2026")
    )
    url = forms.URLField(label=_("Web address"), required=False, assume_scheme="https")


SourceForms = forms.formset_factory(SourceForm, extra=1, max_num=8)


@require_GET
@keeper
def index(request: HttpRequest, network: Network, actor: Actor) -> HttpResponse:
    every = list(network.drivers.select_related("organisation"))
    shown = [card for card in every if not card.hidden]
    context = {
        "network": network,
        "national": _by_heading([card for card in shown if not card.is_local]),
        "local": _by_heading([card for card in shown if card.is_local]),
        "hidden": [card for card in every if card.hidden],
        "to_check": [card for card in shown if card.needs_a_check],
        "organisations": network.organisations.all(),
    }
    return render(request, "workshops/drivers.html", context)


def _heading(card: Driver) -> str:
    return card.organisation.name if card.organisation else card.group or gettext("Without a heading")


def _by_heading(cards: list[Driver]) -> list[tuple[str, list[Driver]]]:
    order = list(dict.fromkeys(map(_heading, cards)))
    cards.sort(key=lambda card: order.index(_heading(card)))
    return [(heading, list(group)) for heading, group in groupby(cards, _heading)]


@require_http_methods(["GET", "POST"])
@keeper
def edit(request: HttpRequest, network: Network, actor: Actor, card: int | None = None) -> HttpResponse:
    """One card, new or old. Changing it counts as having looked at it when `checked` is ticked."""
    asked = request.GET.get("organisation", "")
    body = next((one for one in network.organisations.all() if str(one.pk) == asked), None)
    last = network.drivers.order_by("-position").values_list("position", flat=True).first() or 0
    fresh = Driver(network=network, organisation=body, status=Driver.OWN, position=last + 1)
    driver = get_object_or_404(network.drivers, pk=card) if card else fresh
    form = DriverForm(request.POST or None, instance=driver)
    sources = SourceForms(request.POST or None, initial=driver.sources, prefix="sources")
    if request.method == "POST" and form.is_valid() and sources.is_valid():
        given = [one.cleaned_data for one in sources if one.cleaned_data.get("title") or one.cleaned_data.get("url")]
        form.instance.sources = [{name: source.get(name, "") for name in SourceForm.base_fields} for source in given]
        keep(form.save)
        messages.success(request, gettext("“%s” is saved.") % driver.title)
        return redirect("drivers", pk=network.pk)
    context = {"network": network, "driver": driver, "form": form, "sources": sources}
    failed = bool(form.errors or (request.method == "POST" and not sources.is_valid()))
    return render(request, "workshops/driver.html", context, status=422 if failed else 200)


@require_POST
@keeper
def change(request: HttpRequest, network: Network, actor: Actor, card: int, verb: str) -> HttpResponse:
    """One press on a card: checked, hide, show."""
    by = request.user.get_full_name() or request.user.get_username()
    presses = {
        "checked": lambda one: one.mark_checked(by),
        "hide": lambda one: one.hide(),
        "show": lambda one: one.hide(False),
    }
    if verb not in presses:
        raise Http404
    keep(lambda: presses[verb](get_object_or_404(network.drivers, pk=card)))
    answer = redirect("drivers", pk=network.pk)
    answer["Location"] += f"#driver-{card}"
    return answer


@require_POST
@keeper
def national(request: HttpRequest, network: Network, actor: Actor) -> HttpResponse:
    """Add the national cards that this network does not have."""
    count = keep(lambda: load_national(network))
    words = ngettext("%d card was added.", "%d cards were added.", count)
    messages.success(request, words % count if count else gettext("All national cards are here already."))
    return redirect("drivers", pk=network.pk)
