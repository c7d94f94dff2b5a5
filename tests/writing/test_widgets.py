"""The inputs that are written by hand are, but for white space, what Django's templates would have made of them."""

from datetime import date, time

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from config.forms import Renderer

CHOICES = [
    ("", "—"),
    ("a<b", "One & “two”"),
    (3, mark_safe("<b>Three</b>")),
    (_("Group"), [("x", _("Ex")), ("y", 'Y"')]),
]
FLAT = CHOICES[:3]


class Everything(forms.Form):
    text = forms.CharField(max_length=1500, widget=forms.TextInput(attrs={"data-draft": "", "autocomplete": "off"}))
    words = forms.CharField(max_length=80, widget=forms.Textarea(attrs={"rows": 3, "dir": True, "hidden": False}))
    hidden = forms.CharField(widget=forms.HiddenInput)
    number = forms.IntegerField(min_value=0, max_value=1234567)
    email = forms.EmailField()
    page = forms.URLField(assume_scheme="https")
    on = forms.DateField(localize=True)
    at = forms.TimeField()
    yes = forms.BooleanField(required=False)
    one = forms.ChoiceField(choices=CHOICES)
    several = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    radio = forms.ChoiceField(choices=FLAT, widget=forms.RadioSelect(attrs={"class": 'row"s'}))
    listed = forms.MultipleChoiceField(choices=FLAT, widget=forms.SelectMultiple)


FILLED = {
    "text": 'Fenbridge <took> "eleven" & more',
    "words": "</textarea><script>\nnext line",
    "hidden": mark_safe("&amp;"),
    "number": 1200,
    "on": date(2026, 9, 24),
    "at": time(8, 30),
    "yes": True,
    "one": "a<b",
    "several": ["x", 3],
    "radio": 3,
    "listed": ["a<b", 3],
}
WRONG = {"number": "-1", "email": "<b>", "several": ["nothing"], "yes": "on"}


def drawn(form, name, renderer):
    form.renderer = renderer
    return str(form[name]).split()


@pytest.mark.parametrize("name", Everything.base_fields)
@pytest.mark.parametrize("given", [{}, {"initial": FILLED}, {"data": FILLED}, {"data": WRONG}, {"auto_id": False}])
def test_an_input_by_hand_is_what_djangos_template_makes(name, given):
    by_hand, by_template = (drawn(Everything(**given), name, renderer) for renderer in (Renderer(), TemplatesSetting()))
    assert "".join(by_hand) == "".join(by_template)
