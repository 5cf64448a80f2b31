"""What units, posts, postings, duties and stand-ins ask for. Fields are named as the arguments of their actions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.models import User
from cunlian.accounts.roles import BY_HAND, Role
from cunlian.desk.acting import DayField
from cunlian.desk.places.seen import AREA_ORDER, own_places
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Invalid
from cunlian.organisations.models import Capacity, Organisation, OrganisationKind, Post, Posting, PostKind, SetUpOn
from cunlian.organisations.querysets import of_own_county
from cunlian.people.models import Person
from cunlian.places.models import Area, Place
from cunlian.places.querysets import code_q

MOST_FOUND = 20


def choose_from(form: forms.Form, name: str, rows: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


def places_below(actor: Actor, code: str) -> Any:
    """The place with this code and what lies below it today."""
    return own_places(actor).current().filter(code_q(code)).order_by("code")


class UnitForm(forms.Form):
    name = forms.CharField(label=_("Its name"), max_length=120)
    organisation_kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind)
    place = forms.ModelChoiceField(label=_("Works for"), queryset=Place.objects.none(), to_field_name="code")
    parent = forms.ModelChoiceField(label=_("Unit above"), queryset=Organisation.objects.none(), required=False)
    area = forms.ModelChoiceField(label=_("Area it is at home in"), queryset=Area.objects.none(), required=False)
    set_up_on = forms.ChoiceField(label=_("Set up on"), choices=SetUpOn, required=False)
    set_up_name = forms.CharField(label=_("Which chain or team"), required=False, max_length=80)
    phone = forms.CharField(label=_("Office phone"), required=False, max_length=30)
    holds_power = forms.BooleanField(label=_("May decide licences, penalties or coercion"), required=False)
    starts_on = DayField(label=_("Starts on"))

    def __init__(self, *args: Any, actor: Actor, root: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "place", places_below(actor, root.code).filter(level__lte=5))
        choose_from(
            self, "area", Area.objects.filter(of_own_county(actor, "root__"), ends_on=None).order_by(*AREA_ORDER)
        )
        choose_from(self, "parent", Organisation.objects.visible_to(actor).current().for_list())


class PostForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=60)
    post_kind = forms.ChoiceField(label=_("Kind of post"), choices=PostKind, required=False)
    role = forms.ChoiceField(
        label=_("Role it carries"), choices=[(r.value, r.label) for r in Role if r not in BY_HAND | {Role.RESIDENT}]
    )
    place = forms.ModelChoiceField(label=_("For"), queryset=Place.objects.none(), to_field_name="code")
    area = forms.ModelChoiceField(
        label=_("or for the villages of an area"), queryset=Area.objects.none(), required=False
    )
    rank = forms.IntegerField(label=_("Rank in the unit"), help_text=_("1 is the head."), min_value=1, initial=5)
    reports_to = forms.ModelChoiceField(label=_("Reports to"), queryset=Post.objects.none(), required=False)
    starts_on = DayField(label=_("Starts on"))

    def __init__(self, *args: Any, unit: Organisation, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"place": unit.place.code}, **kwargs})
        choose_from(self, "place", places_below(actor, unit.place.code))
        choose_from(
            self, "area", Area.objects.filter(of_own_county(actor, "root__"), ends_on=None).order_by(*AREA_ORDER)
        )
        near = Post.objects.visible_to(actor).current()
        choose_from(self, "reports_to", near.filter(organisation__in=[unit.pk, unit.parent_id]).for_list())


def candidates(actor: Actor, text: str) -> list[Person]:
    """Persons of the actor's territory, and whoever holds or held a post of the county, by name or whole phone."""
    text = text.strip()
    if len(text) < 2:
        return []
    served = Posting.objects.visible_to(actor).values("person_id")
    near = Person.objects.visible_to(actor).values("pk")
    found = Person.objects.living_file().filter(Q(pk__in=near) | Q(pk__in=served)).select_related("place")
    if text.isdigit():
        try:
            return list(found.with_phone(text)[:MOST_FOUND])
        except Invalid:
            return []
    return list(found.filter(name__startswith=text).order_by("name", "pk")[:MOST_FOUND])


def masked_label(person: Person) -> str:
    """Enough to tell two people apart, and no more: masked name and phone, village."""
    return " ".join(filter(None, [person.masked_name, person.masked_phone, str(person.place or "")]))


def _posts_of(persons: list[Person]) -> dict[UUID, list[str]]:
    """What each holds today: of two alike without a phone nothing else tells which is which."""
    held: dict[UUID, list[str]] = {}
    rows = Posting.objects.on(clock.today()).filter(person__in=persons).select_related("post__organisation")
    for row in rows.order_by("post__rank", "pk"):
        held.setdefault(row.person_id, []).append(str(row.post))
    return held


class AppointForm(forms.Form):
    """``found``: whom the search came to; they are shown masked."""

    person = forms.ChoiceField(label=_("Who"), widget=forms.RadioSelect)
    basis = forms.ChoiceField(label=_("Basis"), choices=Posting.Basis, initial=Posting.Basis.APPOINTED)
    sent_by = forms.ModelChoiceField(
        label=_("Unit that sends them"), queryset=Organisation.objects.none(), required=False,
        help_text=_("Only for who is dispatched or seconded."),
    )  # fmt: skip
    paper = forms.CharField(label=_("Paper it rests on"), required=False, max_length=200)
    term_from = DayField(label=_("The term begins on"), required=False)
    term_to = DayField(label=_("The term ends on (that day no longer)"), required=False)
    conflict = forms.CharField(
        label=_("Conflict the person declared"), required=False, max_length=300,
        help_text=_("In their own words, such as a relative in the supervision committee. Empty: none declared."),
    )  # fmt: skip
    starts_on = DayField(label=_("Starts on"))
    ends_on = DayField(label=_("Until (that day no longer)"), required=False)

    def __init__(self, *args: Any, found: list[Person], actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "sent_by", Organisation.objects.visible_to(actor).current().for_list())
        self.persons = {str(person.pk): person for person in found}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        posts = _posts_of(found)
        field.choices = [
            (key, " · ".join([masked_label(person), *posts.get(person.pk, [])])) for key, person in self.persons.items()
        ]

    def clean_person(self) -> Person:
        return self.persons[self.cleaned_data["person"]]


class DutyForm(forms.Form):
    capacity = forms.ChoiceField(label=_("As"), choices=Capacity)
    place = forms.ModelChoiceField(label=_("For"), queryset=Place.objects.none(), to_field_name="code")
    area = forms.ModelChoiceField(
        label=_("or for the villages of an area"), queryset=Area.objects.none(), required=False
    )
    matter = forms.CharField(
        label=_("Only for this matter"), required=False, max_length=4,
        help_text=_("Two or four digits of a category, such as 03 or 0301. Empty: everything."),
    )  # fmt: skip
    starts_on = DayField(label=_("Starts on"))
    ends_on = DayField(label=_("Until (that day no longer)"), required=False)

    def __init__(self, *args: Any, post: Post, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"place": post.place.code}, **kwargs})
        choose_from(self, "place", places_below(actor, post.organisation.place.code))
        choose_from(
            self, "area", Area.objects.filter(of_own_county(actor, "root__"), ends_on=None).order_by(*AREA_ORDER)
        )

    def clean(self) -> dict[str, Any]:
        """With an area the place is the root the area lies in, which the action finds."""
        values = self.cleaned_data
        if values.get("area"):
            values["place"] = None
        return values


class StandInForm(forms.Form):
    by_post = forms.ModelChoiceField(label=_("Which post does its work"), queryset=Post.objects.none())
    reason = forms.CharField(label=_("Why"), max_length=100, help_text=_("Such as leave or training."))
    starts_on = DayField(label=_("Starts on"))
    ends_on = DayField(label=_("Until (that day no longer)"), initial=None)

    def __init__(self, *args: Any, post: Post, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Posting.objects.on(clock.today())
        near = Post.objects.visible_to(actor).current().exclude(pk=post.pk).filter(postings__in=held).distinct()
        same = code_q(post.organisation.place.code, "place__") | Q(organisation=post.organisation_id)
        choose_from(self, "by_post", near.filter(same).for_list())


class EndForm(forms.Form):
    ends_on = DayField(label=_("First day it no longer holds"))


class JoinForm(forms.Form):
    """The account that belongs to whoever holds the post."""

    username = forms.CharField(
        label=_("User name of the account"), help_text=_("As it stands in the list of accounts."), max_length=60
    )

    def clean_username(self) -> User:
        user = User.objects.filter(username__iexact=self.cleaned_data["username"].strip(), is_resident=False).first()
        if user is None:
            raise forms.ValidationError(_("There is no staff account with this name. An administrator can open one."))
        return user
