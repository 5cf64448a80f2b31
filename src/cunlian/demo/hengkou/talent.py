"""The register of skills: entered by themselves, by a helper, on recommendation; verified, asked about, resting; searches,
an advisory group. All invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from django.core.files.base import ContentFile

from cunlian.accounts.roles import Role
from cunlian.demo.hengkou.land import Land
from cunlian.demo.hengkou.people import People
from cunlian.demo.hengkou.staff import Staff
from cunlian.flows.talent import enter_for, enter_online
from cunlian.kernel import clock, evidence
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.people.models import Person
from cunlian.places.models import Place
from cunlian.talent.models import HowVerified, Skill, TalentEntry, WhyNot
from cunlian.talent.register import actions
from cunlian.talent.register.sweep import keep_fresh

PER_VILLAGE = 7
# code of the skill, what somebody says of it
SAID = (
    ("0401", "在冷链公司干过八年，会装会修冷库"), ("0101", "管了十五年果园，会嫁接"), ("0501", "砌墙抹灰二十年"),
    ("0503", "有电工证，给周边村装过电"), ("0104", "会手工炒茶"), ("0502", "打家具、修门窗"), ("0801", "做席三百多场"),
    ("1001", "村里红白事和纠纷常来找我"), ("0206", "给牲口看病，随叫随到"), ("0601", "竹编手艺，能带徒弟"),
    ("0701", "在外做电商六年，会直播带货"), ("1103", "在外开修车铺"), ("0505", "电焊十年"), ("0204", "养蜂四十箱"),
    ("0302", "会修收割机、旋耕机"),
)  # fmt: skip


def build(land: Land, staff: Staff, people: People, chance: Random) -> None:
    root = land.district.root
    with clock.set_to(clock.now() - timedelta(days=500)):
        actions.take_over_skills(root, by=SYSTEM)
    tree = {skill.code: skill for skill in Skill.objects.leaves()}
    entries: list[TalentEntry] = []
    for village in land.detailed:
        entries += _village(village, staff, people, tree, chance)
    keep_fresh(clock.now())
    _group(root, entries)
    _search(land.village("269"), staff)


def _grown_up(village: Place, people: People) -> Iterator[Person]:
    heads = Person.objects.registered().filter(pk__in=[head.pk for head in people.heads[village.code]])
    yield from heads.filter(birth_year__gt=1958, talent_entry=None).order_by("birth_year", "pk")[: PER_VILLAGE + 4]


def _village(
    village: Place, staff: Staff, people: People, tree: dict[str, Skill], chance: Random
) -> list[TalentEntry]:  # fmt: skip
    """Most have agreed and are in; of two the village waits for an answer, one said no, one has not confirmed for long,
    and one waits for somebody to look at the skills."""
    by = staff.actor(staff.cadres[village.code])
    form = evidence.store(ContentFile("%PDF-1.4 演示签字表（虚构）\n%%EOF".encode(), name="form.pdf"))
    made = []
    for n, person in enumerate(_grown_up(village, people)):
        code, words = SAID[(n + chance.randrange(len(SAID))) % len(SAID)]
        skills, ago = [tree[code]], timedelta(days=chance.randrange(20, 330))
        if n % 3 == 0:
            skills.append(tree[chance.choice(SAID)[0]])
        ago = {4: timedelta(days=370), 5: timedelta(days=410), 6: timedelta(days=8)}.get(n, ago)
        with clock.set_to(clock.now() - ago):
            if n < PER_VILLAGE:
                said: Any = {"skills": skills, "words": words}
                made.append(
                    enter_online(person, by=SYSTEM, version=1, **said) if n % 2 else
                    enter_for(person, by=by.for_("door", person.pk), scan=form, **said)
                )  # fmt: skip
        if n == PER_VILLAGE or n == PER_VILLAGE + 1:
            with clock.set_to(clock.now() - timedelta(days=6 + n)):
                actions.recommend(person, by=by, skills=skills, words=words)
        if n == PER_VILLAGE + 2:
            with clock.set_to(clock.now() - timedelta(days=30)):
                actions.decline_entry(actions.recommend(person, by=by, skills=skills), by=by.for_("phone", person.pk))
    _look(made[:6], by, chance)
    if len(made) > 5:  # nobody confirmed it within the year
        with clock.set_to(clock.now() - timedelta(days=40)):
            actions.rest_entry(made[5], by=SYSTEM)
    return made


def _look(made: list[TalentEntry], by: Actor, chance: Random) -> None:
    """Most are verified some days after they were entered, two are looked at and left."""
    for n, one in enumerate(made):
        skills = [row.skill for row in one.skills.all()]
        with clock.set_to(min(clock.now(), clock.at(one.entered_on, 15) + timedelta(days=9 + n))):
            if n < 4:
                actions.verify_skills(one, by=by, skills=skills, how=chance.choice(HowVerified.values))
            else:
                actions.leave_unverified(one, by=by, skills=skills, why_not=WhyNot.NOTHING_TO_SEE)


def _group(root: Place, entries: list[TalentEntry]) -> None:
    with clock.set_to(clock.now() - timedelta(days=60)):
        start = clock.today()
        group = actions.found_group(
            by=SYSTEM,
            place=root,
            name="乡村振兴顾问团（虚构）",
            field="果树、冷链、电商",
            paper="恒示办发〔2026〕18号（虚构）",
        )
    known = TalentEntry.objects.in_register().filter(pk__in=[one.pk for one in entries])
    wanted = known.with_skills(Skill.objects.filter(code__in=("0101", "0401", "0701")))
    seats = [actions.seat_member(group, by=SYSTEM, entry=one, starts_on=start) for one in wanted.order_by("pk")[:6]]
    if len(seats) > 2:
        actions.unseat_member(seats[-1], by=SYSTEM, ends_on=start + timedelta(days=30))


def _search(village: Place, staff: Staff) -> None:
    """Who can repair a cold store within 20 km, asked by the village; and by the zone for a training."""
    by = staff.actor(staff.cadres[village.code])
    with clock.set_to(clock.now() - timedelta(days=2)):
        actions.search_talent(
            by=by, place=village, words="谁会修冷库，20公里以内", purpose="合作社的冷库停机，桃子要坏"
        )
    with clock.set_to(clock.now() - timedelta(days=1)):
        office = next(post for post in staff.by_matter.values() if post.role == Role.COUNTY_STAFF)
        actions.search_talent(
            by=staff.actor(office), place=village, words="果树嫁接", purpose="请人给培训班讲课", verified=True
        )
