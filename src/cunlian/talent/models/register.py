"""The register of local skills: the tree of skills, entries, searches, advisory groups."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.models import Promise
from cunlian.kernel.records import Record
from cunlian.organisations.models import Post
from cunlian.people.models import Person
from cunlian.places.models import Place, ends_after_start
from cunlian.talent.register.querysets import (
    AdvisoryGroupQuerySet,
    AdvisoryMemberQuerySet,
    SkillQuerySet,
    TalentEntryQuerySet,
    TalentSearchQuerySet,
    TalentSkillQuerySet,
)
from cunlian.talent.register.states import HELD, State


class Source(models.TextChoices):
    OWN = "own", _("Own entry")
    RECOMMENDED = "recommended", _("Recommended")


class HowVerified(models.TextChoices):
    """On what staff say that somebody has a skill."""

    WORK_SEEN = "work_seen", _("The work was seen")
    PAPER_SEEN = "paper_seen", _("Certificate or licence was seen")
    USERS_ASKED = "users_asked", _("People it was done for were asked")


class WhyNot(models.TextChoices):
    """Why staff who looked cannot say that somebody has a skill. None of them speaks against the person."""

    NOTHING_TO_SEE = "nothing_to_see", _("No work or paper could be seen yet")
    NOT_REACHED = "not_reached", _("The person was not reached")
    NOT_WISHED = "not_wished", _("The person does not want it looked at")


class Whereabouts(models.TextChoices):
    HOME = "home", _("At home")
    AWAY = "away", pgettext_lazy("person", "Away")


class Skill(Record):
    """A tag of the two-level tree: two digits for a group, four for a skill. ``words`` are what people call it, parted by
    spaces; a search reads them. One taken off the tree keeps the entries that carry it."""

    KIND = "skill"

    root = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=4)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="skills")
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60)
    words = models.CharField(_("words people use for it"), max_length=300, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["root", "code"], condition=Q(ends_on=None), name="skill_code_once"),
            ends_after_start("skill_dates"),
        ]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name

    @property
    def territory_code(self) -> str:
        return self.root.code

    @property
    def place_id(self) -> object:
        return self.root_id


class TalentEntry(Record):
    """That a person is named for the register of skills, and whether they agreed. One a person. ``words``: what they say
    of it themself. ``promise``: to ask them whether they agree, or a year
    later whether it still holds; ``check_promise``: to make sure of skills nobody has looked at. ``confirmed_on``: when the
    person last said that it holds. ``entered_on``: of one that was declined, the day of that."""

    KIND = "talent_entry"
    PERSONAL = frozenset({"person", "words"})

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="talent_entry")
    source = models.CharField(_("where it comes from"), max_length=12, choices=Source)
    recommended_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(
        pgettext_lazy("register of skills", "state"), max_length=10, choices=State, default=State.ASKED
    )
    words = models.CharField(_("in their own words"), max_length=300, blank=True)
    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, null=True, related_name="+")
    check_promise = models.ForeignKey(Promise, on_delete=models.PROTECT, null=True, related_name="+")
    entered_on = models.DateField(_("entered on"))
    confirmed_on = models.DateField(_("last confirmed on"), null=True)
    rests_since = models.DateField(_("rests since"), null=True)

    objects = TalentEntryQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "confirmed_on"], name="talent_entry_by_state"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="talent_entry_agreed",
                condition=~Q(state__in=sorted(HELD)) | Q(confirmed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="talent_entry_rests",
                condition=Q(state=State.RESTING, rests_since__isnull=False)
                | (~Q(state=State.RESTING) & Q(rests_since=None)),
            ),
            # Whoever declined leaves nothing but that they were asked.
            models.CheckConstraint(
                name="talent_entry_declined_is_bare",
                condition=~Q(state=State.DECLINED) | Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        """Masked."""
        return str(self.person)

    @property
    def territory_code(self) -> str:
        return self.person.territory_code

    @property
    def place_id(self) -> object:
        return self.person.place_id


class TalentSkill(Record):
    """That an entry carries a skill, and whether somebody of the staff looked: verified it, when and how, or left it as it
    was, when and why. ``looked_by``: from which post."""

    KIND = "talent_skill"
    PERSONAL = frozenset({"skill"})

    entry = models.ForeignKey(TalentEntry, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="held")
    verified_on = models.DateField(_("verified on"), null=True)
    verified_how = models.CharField(_("how"), max_length=12, choices=HowVerified, blank=True)
    left_on = models.DateField(_("looked at, not verified"), null=True)
    why_not = models.CharField(_("why not"), max_length=16, choices=WhyNot, blank=True)
    looked_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")

    objects = TalentSkillQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "skill"], name="talent_skill_once"),
            models.CheckConstraint(
                name="talent_skill_verified_how",
                condition=Q(verified_on=None, verified_how="") | (Q(verified_on__isnull=False) & ~Q(verified_how="")),
            ),
            models.CheckConstraint(
                name="talent_skill_left_why",
                condition=Q(left_on=None, why_not="") | (Q(left_on__isnull=False, verified_on=None) & ~Q(why_not="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.skill)

    @property
    def is_awaiting(self) -> bool:
        """Nobody of the staff has looked at it yet."""
        return self.verified_on is None and self.left_on is None

    @property
    def territory_code(self) -> str:
        return self.entry.territory_code

    @property
    def place_id(self) -> object:
        return self.entry.place_id


class TalentSearch(Record):
    """That somebody of the staff looked for people with skills, and what for. ``skills``: the codes their words were read
    as; the words themselves are not kept. Whoever was found reads it among the looks at their file."""

    KIND = "talent_search"
    PERSONAL = frozenset({"purpose"})

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    actor_id = models.UUIDField(null=True)
    post_id = models.UUIDField(null=True)
    skills = models.JSONField(default=list)
    within_km = models.PositiveSmallIntegerField(_("within km"), null=True)
    whereabouts = models.CharField(_("at home or away"), max_length=5, choices=Whereabouts, blank=True)
    verified = models.BooleanField(_("verified only"), default=False)
    purpose = models.CharField(_("what for"), max_length=200)
    found = models.PositiveIntegerField(_("found"))
    searched_at = models.DateTimeField()

    objects = TalentSearchQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-searched_at"], name="talent_search_by_time")]

    def __str__(self) -> str:
        return ", ".join(self.skills)

    @property
    def territory_code(self) -> str:
        return self.place.code


class AdvisoryGroup(Record):
    """Able people of the register who advise on a field (顾问团, 专家服务团), set up on a paper. It advises and decides
    nothing."""

    KIND = "advisory_group"

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="advisory_groups")
    name = models.CharField(_("name"), max_length=60)
    field = models.CharField(_("advises on"), max_length=120)
    paper = models.CharField(_("paper"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = AdvisoryGroupQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "name"], condition=Q(ends_on=None), name="advisory_group_once"),
            ends_after_start("advisory_group_dates"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def territory_code(self) -> str:
        return self.place.code


class AdvisoryMember(Record):
    """That somebody of the register sits in an advisory group, from a day to a day (exclusive). Goes with the entry."""

    KIND = "advisory_member"
    PERSONAL = frozenset({"entry"})

    group = models.ForeignKey(AdvisoryGroup, on_delete=models.CASCADE, related_name="members")
    entry = models.ForeignKey(TalentEntry, on_delete=models.CASCADE, related_name="seats")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = AdvisoryMemberQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "entry"], condition=Q(ends_on=None), name="advisory_member_once"),
            models.CheckConstraint(
                name="advisory_member_dates", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        """Masked."""
        return str(self.entry)

    @property
    def territory_code(self) -> str:
        return self.group.territory_code

    @property
    def place_id(self) -> object:
        return self.group.place_id
