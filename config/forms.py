"""How a field looks everywhere: label, hint, error, input, joined for screen readers by Django itself."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

from config.widgets import BY_HAND


class Renderer(TemplatesSetting):
    """Forms are drawn from our own templates; `{{ form.name.as_field_group }}` is one whole field."""

    field_template_name = "pieces/field.html"
    form_template_name = "pieces/form.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        by_hand = BY_HAND.get(template_name)
        return by_hand(context["widget"]) if by_hand else super().render(template_name, context, request)
