"""What courses, sessions and attendance ask for. Fields are named as the arguments of their actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.desk.acting import DayField
from cunlian.desk.places.seen import own_places
from cunlian.desk.responsibility.forms import choose_from, masked_label
from cunlian.kernel.access import Actor
from cunlian.organisations.models import Capacity, Organisation, Post, PostKind
from cunlian.organisations.querysets import COUNTY_DIGITS
from cunlian.people.models import Person
from cunlian.places.models import Level, Place
from cunlian.places.querysets import code_q
from cunlian.places.territory import territory_q
from cunlian.talent.learning.roster import for_list, roster
from cunlian.talent.learning.rules import ARRANGERS
from cunlian.talent.models import Course, CourseKind, MustBy, Session, SessionLevel


def arranged_places(actor: Actor, roles: Any = ARRANGERS) -> Any:
    """Places for which the actor may arrange something."""
    levels = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)
    mine = own_places(actor).current().filter(territory_q(actor, roles, ""), level__in=levels)
    return mine.order_by("code")


def _choices(kind: Any) -> list[tuple[str, Any]]:
    return [("", "—"), *((value, label) for value, label in kind.choices if value)]


class CourseForm(forms.Form):
    """The head of a course; ``place`` and ``course_kind`` only when it is planned."""

    place = forms.ModelChoiceField(
        label=pgettext_lazy("course", "For"), queryset=Place.objects.none(), to_field_name="code", empty_label=None,
        help_text=_("A course is for a place and everything below it."),
    )  # fmt: skip
    course_kind = forms.ChoiceField(label=_("Kind"), choices=CourseKind)
    title = forms.CharField(label=pgettext_lazy("course", "Called"), max_length=120)
    topic = forms.CharField(label=_("Topic"), max_length=300, required=False)
    giver = forms.ModelChoiceField(
        label=pgettext_lazy("course", "Given by"), queryset=Organisation.objects.none(), required=False
    )
    giver_name = forms.CharField(label=_("or by another one, called"), max_length=120, required=False)
    round_no = forms.IntegerField(
        label=_("Number of the class"), required=False, min_value=1, max_value=999,
        help_text=_("The how-manieth class of its kind. Empty: it has no number."),
    )  # fmt: skip
    must_by = forms.ChoiceField(label=_("Who must attend"), choices=MustBy, required=False)
    must_capacity = forms.ChoiceField(
        label=_("in the capacity of"), choices=_choices(Capacity), required=False,
        help_text=_("Only where all posts that answer in one capacity must attend."),
    )  # fmt: skip
    must_post_kind = forms.ChoiceField(
        label=_("of the kind"), choices=_choices(PostKind), required=False,
        help_text=_("Only where all posts of one kind must attend."),
    )  # fmt: skip
    certificate_hours = forms.IntegerField(
        label=_("Hours for a certificate"), required=False, min_value=1, max_value=999,
        help_text=_("Hours of 45 minutes. Empty: no certificate is given."),
    )  # fmt: skip
    starts_on = DayField(label=_("Begins on"))

    def __init__(self, *args: Any, actor: Actor, course: Course | None = None, **kwargs: Any) -> None:
        if course:
            kwargs.setdefault("initial", {name: getattr(course, name) for name in self.base_fields if name != "place"})
        super().__init__(*args, **kwargs)
        choose_from(self, "giver", Organisation.objects.visible_to(actor).current().for_list())
        if course:
            del self.fields["place"], self.fields["course_kind"]
        else:
            choose_from(self, "place", arranged_places(actor))


class SessionForm(forms.Form):
    held_on = DayField(label=_("Day"))
    place = forms.ModelChoiceField(
        label=_("Village or town"), queryset=Place.objects.none(), to_field_name="code", empty_label=None
    )
    venue = forms.CharField(label=_("Room or field"), max_length=120, required=False)
    destination = forms.CharField(
        label=_("Place visited"), max_length=120, help_text=_("Each place visited is a session of its own.")
    )
    hours = forms.IntegerField(
        label=_("Hours"), min_value=1, max_value=100, initial=2, help_text=_("Of 45 minutes each.")
    )
    level = forms.ChoiceField(label=_("Level"), choices=SessionLevel, initial=SessionLevel.TOWNSHIP)
    teacher = forms.CharField(
        label=_("Teacher"), max_length=120, required=False, help_text=_("Post and unit are enough; no name is needed.")
    )

    def __init__(self, *args: Any, course: Course, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"place": course.place.code}, **kwargs})
        levels = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)
        inside = own_places(actor).current().filter(code_q(course.place.code), level__in=levels)
        choose_from(self, "place", inside.order_by("code"))
        del self.fields["venue" if course.is_tour else "destination"]


class LessonsForm(forms.Form):
    lessons = forms.CharField(
        label=_("What was learned, and what is to be done at home"),
        widget=forms.Textarea,
        max_length=1000,
        required=False,
    )


class DeclareForm(forms.Form):
    number = forms.IntegerField(
        label=_("How many came"), min_value=0, max_value=5000, required=False,
        help_text=_("Empty: the number declared before is taken back."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Source of the number"), max_length=200, required=False,
        help_text=_("Such as the sheet, and who counted it."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("The holder reads it."))


class CallPostForm(forms.Form):
    post = forms.ModelChoiceField(label=_("Post"), queryset=Post.objects.none())

    def __init__(self, *args: Any, course: Course, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Post.objects.visible_to(actor).current().filter(code_q(course.place.code[:COUNTY_DIGITS], "place__"))
        choose_from(self, "post", posts.for_list())


class AttendForm(forms.Form):
    """Who must attend and is not entered yet, whom the search found, and how many came without a name."""

    persons = forms.MultipleChoiceField(label=_("Who came"), widget=forms.CheckboxSelectMultiple, required=False)
    without_name = forms.IntegerField(
        label=_("How many more came, not kept by name"), min_value=0, max_value=5000, required=False,
        help_text=_("Who holds no post and has not agreed to it is counted here: as a person-time, never as a person."),
    )  # fmt: skip

    def __init__(self, *args: Any, session: Session, actor: Actor, found: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = session.attendances.exclude(person=None).values("person")
        must = for_list(roster(session.course, actor, "must").exclude(pk__in=there), session.course, actor)
        labels = {str(person.pk): _of_post(person) for person in must}
        labels |= {str(person.pk): masked_label(person) for person in found if str(person.pk) not in labels}
        self.by_key = {str(person.pk): person for person in [*must, *found]}
        field = self.fields["persons"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(labels.items())

    def clean_persons(self) -> list[Person]:
        return [self.by_key[key] for key in self.cleaned_data["persons"]]

    def clean_without_name(self) -> int:
        return self.cleaned_data["without_name"] or 0


def _of_post(person: Any) -> str:
    posts = [str(posting.post) for posting in person.posts_then]
    return f"{person.name} {posts[0]}" if posts else masked_label(person)
