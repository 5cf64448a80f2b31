"""Coming home: the path of one person from the first interest to two years after, and the gatherings of those away.

Sums are in fen. Everything a path holds about the person goes when they take it back and when they are erased, what was
said a year after its end; that there was a path stays, for the figures.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.models import Promise
from cunlian.kernel.records import Record
from cunlian.organisations.models import Organisation, Post
from cunlian.people.models import Person
from cunlian.places.models import Area, Place
from cunlian.talent.coming_home.querysets import AfterCareQuerySet, GatheringQuerySet, HomecomingQuerySet
from cunlian.talent.coming_home.states import ARRIVED, ENDED, State


class Origin(models.TextChoices):
    RETURNING = "returning", _("From here, comes home")
    OUTSIDER = "outsider", _("From elsewhere, brought in by the village")


class HowAgreed(models.TextChoices):
    """How the person agreed to what is kept."""

    SELF = "self", _("Wrote it themself")
    HELPER = "helper", _("Through whoever wrote it for them")
    IN_PERSON = "in_person", pgettext_lazy("agreed", "In person")
    PHONE = "phone", pgettext_lazy("agreed", "By phone")
    PAPER = "paper", pgettext_lazy("agreed", "On paper")


class ArrivedAs(models.TextChoices):
    FIRM = "firm", _("Founded a firm")
    POST = "post", _("Took a post")


class Need(models.TextChoices):
    """What is asked for on the way, each as a request of its own."""

    LAND = "land", _("Land")
    HOUSE = "house", _("A house")
    JOB = "job", _("A job, for the family")


class StopReason(models.TextChoices):
    TAKEN_BACK = "taken_back", _("The person took it back")
    CHANGED_MIND = "changed_mind", _("Thought otherwise")
    ELSEWHERE = "elsewhere", _("Found something elsewhere")
    NO_SUPPORT = "no_support", _("The support was not granted")
    NO_LAND = "no_land", _("No land, house or job was found")
    NO_ANSWER = "no_answer", _("Could not be reached")
    TWICE = "twice", _("Entered twice")
    DIED = "died", _("The person died")
    OTHER = "other", pgettext_lazy("reason to stop", "Another reason")


class Gathering(Record):
    """A meeting of those away. ``people`` is a declared number with its source, never a list of names."""

    KIND = "gathering"
    PERSONAL = frozenset({"heard"})

    name = models.CharField(_("name of the gathering"), max_length=120)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="gatherings")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="gatherings")
    called_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="gatherings")
    held_on = models.DateField(_("day"))
    venue = models.CharField(_("where it was held"), max_length=120)
    people = models.PositiveIntegerField(_("people who came, as declared"))
    people_source = models.CharField(_("who counted, and how"), max_length=120)
    heard = models.TextField(_("what was heard"), max_length=3000, blank=True)
    invented = models.BooleanField(default=False)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def territory_code(self) -> str:
        return self.place.code


class Homecoming(Record):
    """One path. ``place``: the village. ``holder``: the post that goes along with the person. ``promise``: what it owes now,
    a talk or a look in. ``next_care_on``: when the next look in falls due. ``forgotten_at``: since when nothing tells
    what was said."""

    KIND = "homecoming"
    PERSONAL = frozenset({"person", "wish", "where_now", "contact_note", "language", "stop_words", "came_to"})

    receipt = models.CharField(max_length=11, unique=True)
    origin = models.CharField(_("where they come from"), max_length=10, choices=Origin)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="homecomings")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="homecomings")
    wish = models.TextField(_("what they would like to do here"), max_length=3000, blank=True)
    where_now = models.CharField(_("where they are now, and at what work"), max_length=200, blank=True)
    contact_note = models.CharField(_("when and how to reach"), max_length=100, blank=True)
    language = models.CharField(_("language of messages"), max_length=10, blank=True)
    agreed_how = models.CharField(_("how they agreed"), max_length=10, choices=HowAgreed)
    agreed_at = models.DateTimeField()
    gathering = models.ForeignKey(
        Gathering, on_delete=models.PROTECT, null=True, blank=True, related_name="homecomings"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.INTERESTED)
    holder = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="homecomings")
    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, null=True, related_name="+")
    arrived_as = models.CharField(_("came as"), max_length=10, choices=ArrivedAs, blank=True)
    came_to = models.CharField(_("the firm or the post"), max_length=120, blank=True)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="homecomings")
    arrived_on = models.DateField(_("since"), null=True, blank=True)
    next_care_on = models.DateField(_("next look in"), null=True, blank=True)
    stop_reason = models.CharField(_("why it ended"), max_length=14, choices=StopReason, blank=True)
    stop_words = models.CharField(_("reason in words"), max_length=500, blank=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    objects = HomecomingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-begun_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["place", "-begun_at"], name="homecoming_by_place"),
            models.Index(fields=["next_care_on"], name="homecoming_care", condition=Q(state=str(State.HOME))),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="homecoming_ended_has_time",
                condition=Q(state__in=sorted(map(str, ENDED)), ended_at__isnull=False)
                | (~Q(state__in=sorted(map(str, ENDED))) & Q(ended_at=None)),
            ),
            models.CheckConstraint(
                name="homecoming_arrived_has_day",
                condition=~Q(state__in=sorted(map(str, ARRIVED))) | (Q(arrived_on__isnull=False) & ~Q(arrived_as="")),
            ),
            models.CheckConstraint(
                name="homecoming_stopped_for_a_reason",
                condition=~Q(state=str(State.STOPPED)) | ~Q(stop_reason=""),
            ),
        ]

    def __str__(self) -> str:
        """The receipt: a thread or a message may show this to anybody who knows the fact."""
        return self.receipt

    @property
    def territory_code(self) -> str:
        return self.place.code

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED

    @property
    def masked_name(self) -> str:
        return self.person.masked_name if self.person else ""


class HomeTalk(Record):
    """A talk with the person: when, and what was said."""

    KIND = "home_talk"
    PERSONAL = frozenset({"text"})

    homecoming = models.ForeignKey(Homecoming, on_delete=models.CASCADE, related_name="talks")
    held_on = models.DateField(_("day"))
    text = models.TextField(_("what was said"), max_length=2000, blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["held_on", "pk"]

    @property
    def place_id(self) -> object:
        return self.homecoming.place_id


class Support(Record):
    """Support asked for under a policy, from a fund by name. ``granted_fen`` 0: not granted. Whoever runs the fund decides
    on paper; here stands what the paper says."""

    KIND = "home_support"

    homecoming = models.ForeignKey(Homecoming, on_delete=models.CASCADE, related_name="supports")
    policy = models.CharField(_("policy it is asked under"), max_length=200)
    fund = models.CharField(_("fund, by name"), max_length=200)
    asked_fen = models.BigIntegerField(_("sum asked for"))
    asked_on = models.DateField()
    granted_fen = models.BigIntegerField(_("sum granted"), null=True, blank=True)
    paper = models.CharField(_("paper that decides it"), max_length=200, blank=True)
    decided_on = models.DateField(_("day of the paper"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["asked_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="home_support_asks_something", condition=Q(asked_fen__gt=0)),
            models.CheckConstraint(
                name="home_support_decided_on_paper",
                condition=Q(granted_fen=None, decided_on=None, paper="")
                | (Q(granted_fen__gte=0, decided_on__isnull=False) & ~Q(paper="")),
            ),
            models.CheckConstraint(
                name="home_support_never_more", condition=Q(granted_fen=None) | Q(granted_fen__lte=F("asked_fen"))
            ),
        ]

    @property
    def place_id(self) -> object:
        return self.homecoming.place_id


class AfterCare(Record):
    """A look in ``months`` months after the arrival, made when it falls due. ``is_here``: whether the person was still
    here when somebody looked."""

    KIND = "after_care"
    PERSONAL = frozenset({"found"})

    homecoming = models.ForeignKey(Homecoming, on_delete=models.CASCADE, related_name="cares")
    months = models.PositiveSmallIntegerField(_("months after"))
    due_on = models.DateField(_("fell due"))
    looked_on = models.DateField(_("looked in"), null=True, blank=True)
    is_here = models.BooleanField(_("still here"), null=True, blank=True)
    found = models.TextField(_("what was found"), max_length=2000, blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")

    objects = AfterCareQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["months"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["homecoming", "months"], name="after_care_once"),
            models.CheckConstraint(
                name="after_care_looked",
                condition=Q(looked_on=None, is_here=None) | Q(looked_on__isnull=False, is_here__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.homecoming)

    @property
    def place_id(self) -> object:
        return self.homecoming.place_id
