from django.apps import AppConfig
from django.core.validators import (
    EmailValidator,
    MaxLengthValidator,
    MaxValueValidator,
    MinValueValidator,
    ProhibitNullCharactersValidator,
)
from django.forms import ChoiceField, Field, FloatField, IntegerField, URLField, UUIDField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class UiConfig(AppConfig):
    """Start-up: what a form says about an empty or unreadable field, in our words instead of Django's."""

    name = "cunlian.ui"
    label = "ui"

    def ready(self) -> None:
        Field.default_error_messages["required"] = _("Please fill this in.")
        ChoiceField.default_error_messages["required"] = _("Please choose one.")
        ChoiceField.default_error_messages["invalid_choice"] = _("This is not one of the choices. Please choose again.")
        UUIDField.default_error_messages["invalid"] = _("This is not one of the choices. Please choose again.")
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
