"""What each move asks for. The names of the fields are those of the action's arguments, so that a row of the table in
``moves.py`` is all that joins the two."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cunlian.cases.messages import PAUSE_REASONS, REJECT_REASONS
from cunlian.cases.models import Case, Level
from cunlian.desk.cases import choices
from cunlian.kernel.access import Actor
from cunlian.kernel.ids import read_receipt
from cunlian.kernel.refusals import Text

CHANNELS: tuple[tuple[str, Text], ...] = (
    ("phone", _("On the phone")),
    ("door", _("At the door or in the office")),
    ("paper", _("On paper")),
    ("chat", _("In the chat group")),
)


def words(label: Any, *, required: bool = True, hint: Any = "", rows: int = 4, most: int = 2000) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, help_text=hint, max_length=most, widget=forms.Textarea({"rows": rows})
    )


class MoveForm(forms.Form):
    """Base of all. ``channel_by``, where a form has it, is how the person's word came and no argument of the action."""

    def __init__(self, *args: Any, case: Case, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.actor = case, actor
        self.fill()

    def fill(self) -> None:
        """Put in what depends on the case."""

    @property
    def channel(self) -> str:
        return str(self.cleaned_data.get("channel_by", ""))

    @property
    def said(self) -> dict[str, Any]:
        """The action's arguments."""
        return {name: value for name, value in self.cleaned_data.items() if name != "channel_by"}


class NothingMore(MoveForm):
    """The press says it all."""


class ProgressForm(MoveForm):
    text = words(_("How far it is"), hint=_("The person reads this. Write what happens next and when."))


class NoteForm(MoveForm):
    text = words(_("Note"), hint=_("Only staff read this."))


class ReturnForm(MoveForm):
    text = words(_("Why it is not yours"), hint=_("Whoever passed it on reads this and finds the right post."))


class RejectForm(MoveForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=list(REJECT_REASONS.items()), widget=forms.RadioSelect)
    text = words(_("What you tell the person"), hint=_("Say why, and where they can go instead."))


class DispatchForm(MoveForm):
    to = forms.ChoiceField(label=_("To which post"), help_text=_("The nearest to the place stand first."))
    text = words(_("Why"), required=False, hint=_("The person reads this too."), rows=2)

    def fill(self) -> None:
        posts = choices.posts_for([self.case], self.actor)
        self.posts = choices.keyed(posts)
        self.fields["to"].choices = choices.by_unit(posts)  # type: ignore[attr-defined]

    def clean_to(self) -> Any:
        return self.posts.get(self.cleaned_data["to"])


class AskExtensionForm(MoveForm):
    working_days = forms.IntegerField(
        label=_("How many working days more"), widget=forms.NumberInput({"inputmode": "numeric", "min": 1, "max": 30})
    )
    text = words(_("Why it takes longer"), hint=_("If the time is granted, the person reads this."))


class GrantForm(MoveForm):
    working_days = forms.IntegerField(
        label=_("How many working days more"), min_value=1, widget=forms.NumberInput({"inputmode": "numeric"})
    )
    text = words(
        _("What you tell the person"), required=False, hint=_("Left empty, they read the reason given."), rows=2
    )

    def fill(self) -> None:
        """As many as were asked for, until another number is written."""
        asked = next((one for one in self.case.extensions.all() if one.granted is None), None)
        self.initial = {"working_days": asked.working_days if asked else None, **self.initial}


class RefuseForm(MoveForm):
    text = words(_("Why not"), hint=_("Only the post that asked reads this."), rows=2)


class PauseForm(MoveForm):
    reason = forms.ChoiceField(
        label=_("What the clock waits for"), choices=list(PAUSE_REASONS.items()), widget=forms.RadioSelect
    )
    text = words(_("More about it"), required=False, hint=_("The person reads this."), rows=2)


class AnswerForm(MoveForm):
    text = words(
        _("Answer to the person"),
        hint=_("What was done, by whom, what remains. After this the person is asked whether it is fixed."),
        rows=6,
    )


class OnBehalfForm(MoveForm):
    """The person said it, to somebody who did not do the work. How it came is recorded."""

    channel_by = forms.ChoiceField(label=_("How they told you"), choices=CHANNELS, widget=forms.RadioSelect)


class ReopenForm(OnBehalfForm):
    text = words(_("What is still wrong"), required=False, hint=_("In the person's words."), rows=3)


class AddWordsForm(OnBehalfForm):
    text = words(_("What they add"), hint=_("In the person's words."), rows=3)


class VouchForm(MoveForm):
    text = words(_("Who says so and what they saw"), hint=_("Only staff read this."), rows=3)


class MergeForm(MoveForm):
    into = forms.CharField(
        label=_("Receipt number of the other request"),
        help_text=_("That one goes on for both; everybody who reported gets its answer."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_into(self) -> Case:
        receipt = read_receipt(self.cleaned_data["into"])
        found = Case.objects.visible_to(self.actor).filter(receipt=receipt).first() if receipt else None
        if found is None:
            raise ValidationError(_("There is no request with this number here. Please compare it with the list."))
        return found


class CategoryField(forms.ChoiceField):
    """A select of the items on today's list, by group. Gives the category."""

    def fill(self) -> None:
        items = choices.categories_on_list()
        self.known = choices.keyed(items)
        self.choices = choices.by_group(items)

    def clean(self, value: Any) -> Any:
        return self.known.get(super().clean(value))


class SplitForm(MoveForm):
    text = words(
        _("The part that becomes a request of its own"),
        hint=_("It gets its own receipt and deadline, for the same person."),
    )
    category = CategoryField(label=_("Category"), required=False)

    def fill(self) -> None:
        self.fields["category"].fill()  # type: ignore[attr-defined]


class HandOverForm(MoveForm):
    register_number = forms.CharField(label=_("Number in the petition office's register"), max_length=40)
    due_on = forms.DateField(
        label=_("Due day there"),
        help_text=_("From now on only this number, the day and the result are kept here."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )


class ResultForm(MoveForm):
    result = forms.CharField(label=_("What the petition office decided"), max_length=200)


class CategoriseForm(MoveForm):
    category = CategoryField(label=_("Category"))
    level = forms.ChoiceField(
        label=_("Level"),
        choices=Level,
        widget=forms.RadioSelect,
        help_text=_("The deadline already promised does not move."),
    )

    def fill(self) -> None:
        self.fields["category"].fill()  # type: ignore[attr-defined]
        self.initial = {"category": str(self.case.category_id or ""), "level": self.case.level, **self.initial}
