"""What choices ask for. Fields are named as the arguments of their actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.desk.acting import DayField
from cunlian.desk.consent.forms import ScanField
from cunlian.desk.responsibility.forms import choose_from, masked_label
from cunlian.kernel.access import Actor
from cunlian.organisations.choosing.actions.prepare import CHOSEN, PROPOSERS
from cunlian.organisations.choosing.actions.review import REVIEWERS
from cunlian.organisations.choosing.law import seats_of
from cunlian.organisations.models import Candidate, Choice, Criterion, Organisation, PostKind, Step
from cunlian.organisations.querysets import COUNTY_DIGITS
from cunlian.organisations.rules import MANAGERS
from cunlian.people.models import Person
from cunlian.places.models import Level
from cunlian.places.querysets import code_q
from cunlian.places.territory import territory_q
from cunlian.ui import formats


class OpenForm(forms.Form):
    unit = forms.ModelChoiceField(label=pgettext_lazy("choice", "Committee"), queryset=Organisation.objects.none())
    votes_on = DayField(label=_("Day of the vote"))
    paper = forms.CharField(label=_("Paper that orders the election"), max_length=200)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Organisation.objects.visible_to(actor).current().filter(territory_q(actor, MANAGERS))
        found = mine.filter(organisation_kind__in=CHOSEN, place__level=Level.VILLAGE, set_up_on="")
        choose_from(self, "unit", found.for_list())


class StepForm(forms.Form):
    step = forms.ChoiceField(label=_("Which step"), choices=Step)
    done_on = DayField(label=_("On"))
    paper = forms.CharField(label=_("Paper with it"), max_length=200, required=False)


class ProposeForm(forms.Form):
    """``found``: whom the search came to, shown masked."""

    person = forms.ChoiceField(label=_("Who"), widget=forms.RadioSelect)
    seat = forms.ChoiceField(label=_("Stands for"))
    proposed_by = forms.ChoiceField(label=_("Proposed by"))
    proposed_on = DayField(label=_("On"))

    def __init__(self, *args: Any, choice: Choice, found: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.persons = {str(person.pk): person for person in found}
        seats = seats_of(choice)
        for name, rows in (
            ("person", [(key, masked_label(person)) for key, person in self.persons.items()]),
            (
                "seat",
                [(kind.value, f"{kind.label}{formats.bracketed(seats[kind])}") for kind in PostKind if seats[kind]],
            ),
            ("proposed_by", [(k, k.label) for k in Candidate.ProposedBy if k in PROPOSERS[choice.by_villagers]]),
        ):
            self.fields[name].choices = rows  # type: ignore[attr-defined]

    def clean_person(self) -> Person:
        return self.persons[self.cleaned_data["person"]]


class PaperForm(forms.Form):
    criterion = forms.ChoiceField(label=_("Which paper"), choices=Criterion)
    handed_on = DayField(label=_("Handed in on"))
    file = ScanField(
        label=_("The paper itself"), required=False,
        help_text=_("A photo or a PDF, up to 15 MB. Only the reviewing offices open it. Empty: seen in the original."),
    )  # fmt: skip


class OpinionForm(forms.Form):
    fits = forms.TypedChoiceField(
        label=_("What your office says"), choices=[("yes", _("may stand")), ("no", _("may not stand"))],
        widget=forms.RadioSelect, coerce=lambda value: value == "yes",
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("Needed for a no: which paper or fact, and which rule. Only the reviewing offices read it."),
    )  # fmt: skip


class MoveForm(forms.Form):
    """A move of a choice, for an actor."""

    def __init__(self, *args: Any, choice: Choice, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice, self.actor = choice, actor


class PressForm(MoveForm):
    """The press says it all."""


class SendForm(MoveForm):
    offices = forms.ModelMultipleChoiceField(
        label=_("Offices that review"), queryset=Organisation.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Q(code_q(self.choice.territory_code[:COUNTY_DIGITS], "place__"), organisation_kind__in=REVIEWERS)
        choose_from(self, "offices", Organisation.objects.visible_to(self.actor).current().filter(here).for_list())


class CountForm(MoveForm):
    """The counting sheet: a field for each candidate who stands."""

    voted_on = DayField(label=_("Day of the vote"))
    registered = forms.IntegerField(label=_("Registered voters"), min_value=0)
    given = forms.IntegerField(label=_("Ballots given"), min_value=0)
    taken_back = forms.IntegerField(label=_("Ballots taken back"), min_value=0)
    by_proxy = forms.IntegerField(
        label=_("Votes by proxy among them"),
        min_value=0,
        help_text=_(
            "In writing, at most three to one person, none to a candidate; who gave and who holds them is posted."
        ),
    )
    proxies_refused = forms.IntegerField(
        label=_("Votes entrusted to candidates, refused"), min_value=0, required=False,
        help_text=_("As the election committee states it on the sheet: 0 when no candidate held a vote of others. Candidates "
                    "take none (Organic Law of Villagers' Committees, Art. 18). Empty: the sheet does not say."),
    )  # fmt: skip
    valid = forms.IntegerField(label=_("Valid ballots among them"), min_value=0)
    paper = forms.CharField(label=_("Sheet the numbers are from"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = Candidate.objects.visible_to(self.actor).filter(
            choice=self.choice, may_stand=True, withdrawn_on=None, elected_in=None
        )
        self.rows = list(standing.for_list())
        for row in self.rows:
            self.fields[f"votes_{row.pk}"] = forms.IntegerField(label=_("Votes: %(who)s") % {"who": row}, min_value=0)
        if not self.choice.by_villagers:
            del self.fields["proxies_refused"]
        self.order_fields([name for name in self.fields if name != "paper"])

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        told = {row: values.pop(f"votes_{row.pk}", None) for row in self.rows}
        values["votes"] = {row: number for row, number in told.items() if number is not None}
        return values


class AgainForm(MoveForm):
    votes_on = DayField(label=_("Day of the next vote"))


class SettleForm(MoveForm):
    term_from = DayField(label=_("The term begins on"))
    term_to = DayField(
        label=_("The term ends on (that day no longer)"), required=False, help_text=_("Empty: after five years.")
    )


class OffForm(MoveForm):
    reason = forms.CharField(label=_("Why"), max_length=200)
