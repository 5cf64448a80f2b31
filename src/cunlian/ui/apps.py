from datetime import date

from django.apps import AppConfig
from django.core.exceptions import ValidationError
from django.core.validators import (
    EmailValidator,
    MaxLengthValidator,
    MaxValueValidator,
    MinValueValidator,
    ProhibitNullCharactersValidator,
)
from django.db import models
from django.forms import (
    ChoiceField,
    DateField,
    Field,
    FloatField,
    IntegerField,
    ModelChoiceField,
    ModelMultipleChoiceField,
    MultipleChoiceField,
    URLField,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

YEARS = range(1900, 3000)
LARGEST = 2**31 - 1
"""What a column of whole numbers holds; beyond it the database refuses with an error nobody can read."""


def believable_year(day: date) -> None:
    """A slip of the keyboard (0206, 9999) is no day in a register."""
    if day.year not in YEARS:
        raise ValidationError(_("Please check the year: it says %(year)s now."), params={"year": day.year})


class UiConfig(AppConfig):
    """Start-up: what a form says about an empty or unreadable field, in our words instead of Django's, and what no date and
    no whole number may be in any form."""

    name = "cunlian.ui"
    label = "ui"

    def ready(self) -> None:
        Field.default_error_messages["required"] = _("Please fill this in.")
        ChoiceField.default_error_messages["required"] = _("Please choose one.")
        for field in (ChoiceField, MultipleChoiceField, ModelChoiceField, ModelMultipleChoiceField):
            field.default_error_messages["invalid_choice"] = _("This is not one of the choices. Please choose again.")
        for unknown in (UUIDField, models.UUIDField):
            unknown.default_error_messages["invalid"] = _("This is not one of the choices. Please choose again.")
        DateField.default_error_messages["invalid"] = _("There is no such day. Please write it as 2026-07-09.")
        DateField.default_validators = [believable_year]
        IntegerField.default_validators = [MinValueValidator(-LARGEST), MaxValueValidator(LARGEST)]
        IntegerField.default_error_messages["invalid"] = _("Please write a whole number.")
        FloatField.default_error_messages["invalid"] = _("Please write a number.")
        URLField.default_error_messages["invalid"] = _("Please write a web address, such as https://example.org/.")
        EmailValidator.message = _("Please write an e-mail address, such as name@example.org.")
        MaxLengthValidator.message = ngettext_lazy(
            "Write at most %(limit_value)d character; it has %(show_value)d now.",
            "Write at most %(limit_value)d characters; it has %(show_value)d now.",
            "limit_value",
        )
        ProhibitNullCharactersValidator.message = _("There is an unreadable character in it. Please write it again.")
        MinValueValidator.message = _("Write %(limit_value)s or more.")
        MaxValueValidator.message = _("Write %(limit_value)s or less.")
