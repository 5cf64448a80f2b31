"""What mentoring, plans, cultivation and studies ask for. Fields are named as the arguments of their actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.desk.acting import DayField
from cunlian.desk.learning.forms import arranged_places
from cunlian.desk.learning.people import PickForm
from cunlian.desk.responsibility.forms import choose_from, masked_label
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.organisations.models import Post
from cunlian.people.models import Person
from cunlian.places.models import Place
from cunlian.talent.mentoring.querysets import KEEPERS
from cunlian.talent.mentoring.rhythm import MOST_MONTHS
from cunlian.talent.mentoring.states import PlanState
from cunlian.talent.mentoring.usual import usual_rhythm
from cunlian.talent.models import CultivationKind, MentoringKind, Outcome, Programme, ReservePlan


def _place() -> Any:
    return forms.ModelChoiceField(
        label=_("Village or town"), queryset=Place.objects.none(), to_field_name="code", empty_label=None
    )


def _words(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=500, widget=forms.Textarea, **more)


def months_field(**more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=_("They meet every … months"), min_value=1, max_value=MOST_MONTHS, **more,
        help_text=_("When the day comes, the post that answers is told, and has ten working days."),
    )  # fmt: skip


class PlanForm(forms.Form):
    place = _place()
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    wanted = forms.IntegerField(label=_("How many are wanted"), min_value=1, max_value=1000)
    paper = forms.CharField(
        label=_("Paper or meeting that decides it"), max_length=200, required=False,
        help_text=_("It can be named later, when the plan is put in force."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "place", arranged_places(actor, KEEPERS))
        this = clock.today().year
        years = [(year, str(year)) for year in (this, this + 1, this - 1)]
        self.fields["year"].choices = years  # type: ignore[attr-defined]


class CorrectPlanForm(forms.Form):
    wanted = forms.IntegerField(label=_("How many are wanted"), min_value=1, max_value=1000)
    paper = forms.CharField(label=_("Paper or meeting that decides it"), max_length=200, required=False)
    declared_count = forms.IntegerField(
        label=_("Declared number"), min_value=0, max_value=1000, required=False,
        help_text=_("Only a number somebody reports without names. It is never added to the persons counted."),
    )  # fmt: skip
    declared_source = forms.CharField(label=_("Source of the number"), max_length=200, required=False)


class PaperForm(forms.Form):
    paper = forms.CharField(
        label=_("Paper or meeting that decides it"), max_length=200, required=False,
        help_text=_("Empty: the one named when the plan was drawn up."),
    )  # fmt: skip


class ProposeForm(PickForm):
    cultivation_kind = forms.ChoiceField(label=pgettext_lazy("cultivation", "As"), choices=CultivationKind)
    place = _place()
    plan = forms.ModelChoiceField(
        label=_("By the plan"), queryset=ReservePlan.objects.none(), required=False,
        help_text=_("Only reserve cadres come by a plan, one that is in force."),
    )  # fmt: skip
    aim = forms.CharField(label=pgettext_lazy("cultivation", "What for"), max_length=200, required=False)
    starts_on = DayField(label=_("Since"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "place", arranged_places(actor, KEEPERS))
        plans = ReservePlan.objects.visible_to(actor).filter(state=PlanState.RUNNING)
        choose_from(self, "plan", plans.select_related("place").order_by("-year", "place__code"))


class TakeInForm(forms.Form):
    starts_on = DayField(label=_("Being cultivated since"))


class EndForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome, widget=forms.RadioSelect)
    post = forms.ModelChoiceField(
        label=_("Post"), queryset=Post.objects.none(), required=False, help_text=_("Only when they took one.")
    )
    ended_on = DayField(label=_("Ended on"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "post", Post.objects.visible_to(actor).current().for_list())


class MentoringForm(forms.Form):
    """``found``: whom the search came to, of whom the mentees and perhaps the mentor are chosen."""

    mentoring_kind = forms.ChoiceField(label=pgettext_lazy("mentoring", "What for"), choices=MentoringKind)
    place = _place()
    mentees = forms.MultipleChoiceField(
        label=_("Who is mentored"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person who is mentored.")},
    )  # fmt: skip
    mentor_post = forms.ModelChoiceField(label=_("The mentor is a post"), queryset=Post.objects.none(), required=False)
    mentor_person = forms.ChoiceField(label=_("or one of those found"), required=False)
    expert = forms.CharField(
        label=_("or an outside expert"), max_length=120, required=False,
        help_text=_("Post and unit, such as “senior agronomist, fruit station of the city”. No name is needed."),
    )  # fmt: skip
    goals = _words(_("Goals"))
    starts_on = DayField(label=_("Begins on"))
    ends_on = DayField(label=_("Until"), initial=None)
    every_months = months_field(initial=lambda: usual_rhythm().every_months)

    def __init__(self, *args: Any, actor: Actor, found: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.persons = {str(person.pk): person for person in found}
        named = [(key, masked_label(person)) for key, person in self.persons.items()]
        self.fields["mentees"].choices = named  # type: ignore[attr-defined]
        self.fields["mentor_person"].choices = [("", "—"), *named]  # type: ignore[attr-defined]
        choose_from(self, "place", arranged_places(actor, KEEPERS))
        choose_from(self, "mentor_post", Post.objects.visible_to(actor).current().for_list())

    def clean_mentees(self) -> list[Person]:
        return [self.persons[key] for key in self.cleaned_data["mentees"]]

    def clean_mentor_person(self) -> Person | None:
        return self.persons.get(self.cleaned_data["mentor_person"])


class MeetingForm(forms.Form):
    held_on = DayField(label=_("Day"))
    agreed = _words(_("What was agreed"))


class RhythmForm(forms.Form):
    every_months = months_field()


class CompleteForm(forms.Form):
    result = _words(_("What came of the goals"))


class BreakOffForm(forms.Form):
    result = _words(_("What came of it, if anything"), required=False)


class StudyForm(PickForm):
    programme = forms.ChoiceField(label=_("Programme"), choices=Programme)
    place = _place()
    school = forms.CharField(
        label=_("School"), max_length=120, required=False, help_text=_("It can be named later, with the enrolment.")
    )
    won_on = DayField(label=_("Won over on"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "place", arranged_places(actor, KEEPERS))


class EnrolForm(forms.Form):
    school = forms.CharField(
        label=_("School"), max_length=120, required=False, help_text=_("Empty: the one named before.")
    )
    starts_on = DayField(label=_("Begins on"))
    until = DayField(label=_("Until"), initial=None)


class EndedForm(forms.Form):
    ended_on = DayField(label=_("Ended on"))
