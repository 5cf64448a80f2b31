from django.apps import AppConfig
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import ChoiceField, Field
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """Start-up: what a form says about an empty or unreadable field, in our words instead of Django's."""

    name = "cunlian.ui"
    label = "ui"

    def ready(self) -> None:
        Field.default_error_messages["required"] = _("Please fill this in.")
        ChoiceField.default_error_messages["required"] = _("Please choose one.")
        ChoiceField.default_error_messages["invalid_choice"] = _("This is not one of the choices. Please choose again.")
        MinValueValidator.message = _("Write %(limit_value)s or more.")
        MaxValueValidator.message = _("Write %(limit_value)s or less.")
