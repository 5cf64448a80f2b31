"""What each move of a copy asks for. The names of the fields are those of the action's arguments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cunlian.desk.cases.choices import by_unit, keyed
from cunlian.desk.cases.forms import words
from cunlian.desk.instructions.receivers import offices_for
from cunlian.instructions.actions.words import WHAT, WHY
from cunlian.instructions.actions.work import LONGEST_EXTENSION, MOST_FILES
from cunlian.instructions.models import Copy, Return
from cunlian.kernel.access import Actor
from cunlian.organisations.models import Post
from cunlian.places.models import Level
from cunlian.ui import formats
from cunlian.ui.forms import FilesField, FilesInput


class MoveForm(forms.Form):
    def __init__(self, *args: Any, copy: Copy, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.copy, self.actor = copy, actor
        self.fill()

    def fill(self) -> None:
        """Put in what depends on the copy."""


class NothingMore(MoveForm):
    """The press says it all."""


def _said(label: Any, lack: Any, *, rows: int = 3, hint: Any = "") -> forms.CharField:
    """Words that are needed; without them ``lack`` stands beside the field."""
    field = words(label, rows=rows, hint=hint)
    field.error_messages["required"] = lack
    return field


class WhyForm(MoveForm):
    text = _said(_("Reason"), WHY, hint=_("It stays with the instruction; giver and doer read it."))


class RecordForm(MoveForm):
    """Asks for what was asked, and for nothing else."""

    number = forms.IntegerField(required=False, widget=forms.NumberInput({"inputmode": "numeric"}))
    uploads = FilesField(
        label=_("Photos or PDFs"), required=False, most=MOST_FILES,
        too_many=_("Up to %(most)s files. Please leave out what is not asked for.") % {"most": MOST_FILES},
        widget=FilesInput({"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )  # fmt: skip
    text = _said(_("What was done"), WHAT, rows=4)

    def fill(self) -> None:
        instruction = self.copy.instruction
        for name in ("number", "uploads"):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = _("This is what was asked. Please give it.")
        self.fields["number"].label = f"{instruction.asked}{formats.bracketed(instruction.unit)}"
        self.fields["uploads"].help_text = instruction.asked
        if instruction.return_kind != Return.NUMBER:
            del self.fields["number"]
        if instruction.return_kind != Return.FILE:
            del self.fields["uploads"]
        if instruction.return_kind == Return.TEXT:
            self.fields["text"].help_text = instruction.asked


def _days(label: Any, *, required: bool = True) -> forms.IntegerField:
    number = forms.NumberInput({"inputmode": "numeric"})
    return forms.IntegerField(label=label, required=required, min_value=1, max_value=LONGEST_EXTENSION, widget=number)


class MoreTimeForm(MoveForm):
    working_days = _days(_("How many working days more"))
    text = _said(_("Reason"), WHY)


class GrantForm(MoveForm):
    working_days = _days(_("Working days to grant"))

    def fill(self) -> None:
        self.fields["working_days"].initial = self.copy.extra_asked


class AnotherPostForm(MoveForm):
    to = forms.ChoiceField(label=_("Post that should have it"))
    text = words(_("Words for it"), required=False, rows=3)

    def fill(self) -> None:
        place = self.copy.place
        near = Post.objects.visible_to(self.actor).current().filter(place__code__startswith=place.code[:12])
        local = list(near.for_list().with_holders()) if place.level >= Level.VILLAGE else []
        offices = [post for post in offices_for(self.actor) if post not in local]
        self.posts = keyed(post for post in [*local, *offices] if post.pk != self.copy.post_id)
        self.fields["to"].choices = by_unit(list(self.posts.values()))  # type: ignore[attr-defined]

    def clean_to(self) -> Post | None:
        return self.posts.get(self.cleaned_data["to"])
