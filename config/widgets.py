"""The inputs of a form, written out by hand: the same HTML as Django's own templates, at a tenth of their cost.

Each phone gets its own forms back after every post, and one field with four radio buttons is 22 templates deep. What is
not here is left to Django's templates.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeData

Widget = Mapping[str, Any]


def _text(value: Any) -> str:
    return conditional_escape(value if isinstance(value, SafeData) else str(value))


def _attributes(widget: Widget) -> str:
    parts = []
    for name, value in widget["attrs"].items():
        if value is True:
            parts.append(f" {name}")
        elif value is not False:
            parts.append(f' {name}="{_text(value)}"')
    return "".join(parts)


def an_input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return f'<input type="{widget["type"]}" name="{_text(widget["name"])}"{value}{_attributes(widget)}>'


def a_textarea(widget: Widget) -> str:
    return f'<textarea name="{_text(widget["name"])}"{_attributes(widget)}>\n{_text(widget["value"] or "")}</textarea>'


def a_choice(widget: Widget) -> str:
    """One radio button or checkbox inside its label."""
    if not widget.get("wrap_label"):
        return an_input(widget)
    id_ = widget["attrs"].get("id")
    mark = f' for="{_text(id_)}"' if id_ else ""
    return f"<label{mark}>{an_input(widget)} {_text(widget['label'])}</label>"


def choices(widget: Widget) -> str:
    attrs = widget["attrs"]
    marks = "".join(f' {name}="{_text(attrs[name])}"' for name in ("id", "class") if attrs.get(name))
    parts = [f"<div{marks}>"]
    for group, options, _index in widget["optgroups"]:
        inside = "".join(f"<div>{a_choice(option)}</div>" for option in options)
        parts.append(f"<div><label>{_text(group)}</label>{inside}</div>" if group else inside)
    return "".join([*parts, "</div>"])


def a_select(widget: Widget) -> str:
    parts = [f'<select name="{_text(widget["name"])}"{_attributes(widget)}>']
    for group, options, _index in widget["optgroups"]:
        inside = "".join(
            f'<option value="{_text(option["value"])}"{_attributes(option)}>{_text(option["label"])}</option>'
            for option in options
        )
        parts.append(f'<optgroup label="{_text(group)}">{inside}</optgroup>' if group else inside)
    return "".join([*parts, "</select>"])


BY_HAND: dict[str, Callable[[Widget], str]] = {
    **{
        f"django/forms/widgets/{name}.html": an_input
        for name in ("text", "hidden", "number", "email", "url", "date", "time", "password", "checkbox", "input")
    },
    "django/forms/widgets/textarea.html": a_textarea,
    "django/forms/widgets/select.html": a_select,
    "django/forms/widgets/radio.html": choices,
    "django/forms/widgets/checkbox_select.html": choices,
    "django/forms/widgets/multiple_input.html": choices,
}
