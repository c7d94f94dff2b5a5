"""How a field looks everywhere: label, hint, error, input, joined for screen readers by Django itself."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Forms are drawn from our own templates; `{{ form.name.as_field_group }}` is one whole field."""

    field_template_name = "pieces/field.html"
    form_template_name = "pieces/form.html"
