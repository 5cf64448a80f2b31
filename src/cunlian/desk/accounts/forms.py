"""What accounts, roles by hand and keys ask for. Fields are named as the arguments of their actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import BY_HAND, STAFF, Role
from cunlian.cases.rules import PROGRAM_SCOPES
from cunlian.desk.acting import DayField
from cunlian.desk.places.seen import own_places
from cunlian.kernel.access import PERMISSIONS, Actor
from cunlian.kernel.ids import uuid7
from cunlian.organisations.models import Post
from cunlian.places.models import Place
from cunlian.ui import formats

UNTIL = _("Until (that day no longer)")


class PlacesForm(forms.Form):
    """With the places of the actor's county down to villages."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = own_places(actor).current().filter(level__range=(3, 5)).order_by("code")


class AccountForm(forms.Form):
    username = forms.CharField(label=_("User name"), max_length=60)
    display_name = forms.CharField(label=_("Name shown"), required=False, max_length=60)
    email = forms.EmailField(label=_("E-mail"), required=False)
    password = forms.CharField(
        label=_("First password"), max_length=128, widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("At least 10 characters, not a common word, not the name."),
    )  # fmt: skip


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=_("New password"), max_length=128, widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("At least 10 characters, not a common word, not the name."),
    )  # fmt: skip


class GrantForm(PlacesForm):
    role = forms.ChoiceField(
        label=_("Role"), choices=[(r.value, r.label) for r in Role if r in BY_HAND],
        help_text=_("Every other role comes with a post."),
    )  # fmt: skip
    place = forms.ModelChoiceField(label=_("Over which place"), queryset=Place.objects.none(), to_field_name="code")
    starts_on = DayField(label=_("Starts on"))
    ends_on = DayField(label=UNTIL, required=False)


class EndForm(forms.Form):
    ends_on = DayField(label=_("First day it no longer holds"))


class KeyForm(PlacesForm):
    name = forms.CharField(label=_("Which program"), max_length=80)
    post = forms.ModelChoiceField(
        label=_("As which post"),
        queryset=Post.objects.none(),
        required=False,
        empty_label=_("as no post"),
        help_text=_(
            "It works on what this post holds, with its role and over its place, and ends with it at the latest."
        ),
    )
    place = forms.ModelChoiceField(
        label=_("Over which place"),
        queryset=Place.objects.none(),
        to_field_name="code",
        required=False,
        help_text=_("Only as no post."),
    )
    role = forms.ChoiceField(
        label=_("As which role"),
        required=False,
        help_text=_("Only as no post."),
        choices=[("", ""), *((r.value, r.label) for r in Role if r in STAFF - {Role.ADMINISTRATOR})],
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), widget=forms.CheckboxSelectMultiple, help_text=_("Of what the role may do.")
    )
    ends_on = DayField(label=UNTIL, required=False)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid7)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        posts = self.fields["post"]
        assert isinstance(posts, forms.ModelChoiceField)
        posts.queryset = Post.objects.visible_to(actor).current().for_list()
        offered = [(name, f"{PERMISSIONS[name].label}{formats.bracketed(name)}") for name in PROGRAM_SCOPES]
        self.fields["scopes"].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Either a post, or a place and a role; the two of them not beside a post, which has its own."""
        values: dict[str, Any] = super().clean() or {}
        for name in {"place", "role"} - set(self.errors):
            if values.get("post") and values.get(name):
                self.add_error(name, _("The post has its own. Leave this empty, or choose no post."))
            elif not values.get("post") and not values.get(name):
                self.add_error(name, _("Please choose one, or choose a post."))
        return values


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language of pages and messages"), choices=settings.LANGUAGES)
