"""How a form looks (label above, hint under the label, error under the field) and how it calls an action."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.forms import BaseForm
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.template.defaultfilters import stringformat
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cunlian.kernel.refusals import Refusal, Text, TooMany
from cunlian.kernel.secrets import normalise_phone
from cunlian.ui.formats import NOT_APPLICABLE

T = TypeVar("T")

SELECT = "django/forms/widgets/select.html"
NINE_HYPHENS = "-" * 9
_BOXES = ("checkbox", "radio")


def _add_class(attrs: dict[str, Any], name: str) -> None:
    present = str(attrs.get("class", "")).split()
    if name not in present:
        attrs["class"] = " ".join([*present, name])


def _dress_group(widget: dict[str, Any]) -> None:
    """Radio buttons and check boxes of one question."""
    _add_class(widget["attrs"], "choices")
    for _name, options, _index in widget["optgroups"]:
        for option in options:
            option["attrs"]["class"] = "form-check-input"


def dress(widget: dict[str, Any]) -> None:
    """Give the context of a widget the classes of our look: controls, selects, boxes, groups of boxes."""
    kind = widget.get("type", "")
    template = widget.get("template_name", "")
    attrs = widget.setdefault("attrs", {})
    for part in widget.get("subwidgets", ()):
        dress(part)
    if template.endswith("/select.html"):
        _add_class(attrs, "form-select")
    elif "optgroups" in widget:
        _dress_group(widget)
    elif kind in _BOXES:
        _add_class(attrs, "form-check-input")
    elif kind != "hidden" and "subwidgets" not in widget:
        _add_class(attrs, "form-control")
    if template.endswith("/textarea.html") and attrs.get("rows") == "10":
        attrs["rows"] = "4"  # Django's ten lines frighten; the field grows with what is written


def _label(option: dict[str, Any], required: bool) -> Any:
    """Nothing chosen says so in words where something must be, as a dash where it need not; Django draws nine hyphens."""
    if option["value"] or option["label"] not in ("", NINE_HYPHENS):
        return option["label"]
    return _("Please choose") if required else NOT_APPLICABLE


def _option(option: dict[str, Any], required: bool) -> str:
    value, attrs = conditional_escape(stringformat(option["value"], "s")), flatatt(option["attrs"])
    return f'<option value="{value}"{attrs}>{conditional_escape(_label(option, required))}</option>'


def _select(widget: dict[str, Any]) -> SafeString:
    """What Django's template makes of a select. That template is drawn once for each option: with the villages of a district
    in it a select took longer than the rest of its page."""
    groups, required = [], bool(widget.get("required"))
    for label, options, _index in widget["optgroups"]:
        lines = mark_safe("\n".join(_option(one, required) for one in options))
        groups.append(format_html('<optgroup label="{}">{}</optgroup>', label, lines) if label else lines)
    body = format_html_join("\n", "{}", ((group,) for group in groups))
    return format_html('<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), body)


class FilesInput(forms.ClearableFileInput):
    template_name = "django/forms/widgets/file.html"
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to ``most`` files; what they are is decided by their content, in the action. Gives a list."""

    widget = FilesInput

    def __init__(self, *, most: int, too_many: Text, **kwargs: Any) -> None:
        super().__init__(allow_empty_file=True, **kwargs)
        self.most, self.too_many = most, too_many

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"multiple": True}

    def clean(self, data: Any, initial: Any = None) -> list[File[bytes]]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if len(files) > self.most:
            raise forms.ValidationError(str(self.too_many))
        return [super(FilesField, self).clean(file, initial) for file in files]


class PhoneField(forms.CharField):
    """A number as it is stored, or "" where it may be left out; what cannot be one is refused in words. ``whose``: one's own
    ("tel"), which a browser may fill in, or somebody else's ("off")."""

    def __init__(self, *, whose: str = "tel", **kwargs: Any) -> None:
        typed = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": whose})
        super().__init__(max_length=30, widget=typed, **kwargs)

    def clean(self, value: Any) -> str:
        phone: str = super().clean(value)
        try:
            return normalise_phone(phone) if phone else ""
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class Renderer(TemplatesSetting):
    """Fields are drawn by ui/field.html, so that every form of the house looks the same."""

    field_template_name = "ui/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if "widget" in context:
            dress(context["widget"])
        if template_name == SELECT:
            return _select(context["widget"])
        return super().render(template_name, context, request)


def either(form: BaseForm, *names: str) -> None:
    """One of these is needed, whichever: none of them is called optional, and a hint says what is needed."""
    for name in names:
        if name in form.fields:
            form.fields[name].either = True  # type: ignore[attr-defined]


def submit(form: BaseForm, call: Callable[..., T]) -> T | None:
    """Run ``call(**form.cleaned_data)``. A refusal is put on the field it names, else above the form, and the result is
    None, as it is for a form that was not filled in well: the view then shows the form again.

    An action that itself returns None cannot be told from a refusal: let ``call`` return something.
    """
    if not form.is_valid():
        return None
    try:
        return call(**form.cleaned_data)
    except Refusal as refusal:
        sentence = f"{refusal.sentence} {refusal.rule}".strip() if refusal.rule else str(refusal.sentence)
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, ValidationError(sentence, code=refusal.code))
        return None


def status_of(form: BaseForm) -> int:
    """What the page of ``form`` answers: 200 while nothing is wrong, 422 when it was not filled in well or refused, 429
    when it was sent too often, so that a machine that guesses is told by the number too."""
    if not form.errors:
        return HTTPStatus.OK
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return TooMany.status if TooMany.code in codes else HTTPStatus.UNPROCESSABLE_ENTITY
