"""What people agreed to, what is kept of a few with a purpose and an end, who looked, what was asked. All invented."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.base import ContentFile

from cunlian.demo.hengkou.land import Land
from cunlian.demo.hengkou.people import People
from cunlian.demo.hengkou.staff import Staff
from cunlian.flows.data_requests import ask_about_data
from cunlian.kernel import clock, evidence
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.models import Post
from cunlian.people.actions import reveal_contact
from cunlian.people.consent import give, withdraw
from cunlian.people.consent.circumstances import look_at_circumstance, name_viewer, note_circumstance
from cunlian.people.consent.own import show_data
from cunlian.people.consent.requests import fulfil_request
from cunlian.people.models import CircumstanceKind, Consent, Person
from cunlian.places.models import Place

HELP, TALENT = "home_help", "talent"
K, Way = CircumstanceKind, Consent.Way
# kind, what whoever helps must know, kept for so many days
CIRCUMSTANCES = (
    (K.LIVING_ALONE, "一个人住，雨雪天请上门看一眼", 300),
    (K.LONG_ILLNESS, "每月要人帮着取一次药", 180),
    (K.DISABILITY, "腿脚不便，办事请上门", 360),
    (K.HARDSHIP, "屋顶漏雨，正在修", 60),
)


def build(land: Land, staff: Staff, people: People) -> None:
    village = next((one for one in land.detailed if one.code.endswith("269")), land.detailed[0])
    grid = land.grids[village.code][0]
    worker, cadre = staff.workers[grid.code], staff.cadres[village.code]
    with clock.set_to(clock.now() - timedelta(days=40)):
        for purpose, place, post in ((HELP, grid, worker), (HELP, village, cadre), ("child_care", village, cadre)):
            name_viewer(by=SYSTEM, purpose=purpose, place=place, post_id=post.pk)
        near = _at_home(people, village, grid)
        _agree(near, staff, worker)
        _note(near, staff, worker)
    with clock.set_to(clock.now() - timedelta(days=12)):
        _take_back(near[0])
        _ask(near, staff, worker)


def _at_home(people: People, village: Place, grid: Place) -> list[Person]:
    heads = Person.objects.registered().filter(pk__in=[head.pk for head in people.heads[village.code]])
    return list(heads.filter(household__grid=grid, birth_year__lt=1975).order_by("birth_year", "pk")[:10])


def _agree(near: list[Person], staff: Staff, worker: Post) -> None:
    """By their own phone, or on paper with the grid worker."""
    form = evidence.store(ContentFile("%PDF-1.4 演示签字表（虚构）\n%%EOF".encode(), name="form.pdf"), sealed=True)
    for n, person in enumerate(near):
        by = staff.actor(worker).for_("paper", person.pk)
        if n < 5:
            give(person, by=by, purpose=HELP, way=Way.PAPER, scan=form)
        if n % 2 == 0:
            give(person, by=SYSTEM, purpose=TALENT, way=Way.ONLINE)


def _note(near: list[Person], staff: Staff, worker: Post) -> None:
    """Four that are kept, one of them looked at for a reason; a full phone looked at for another."""
    by = staff.actor(worker)
    kept = [
        note_circumstance(
            person, by=by, purpose=HELP, kind=kind, words=words, ends_on=clock.today() + timedelta(days=days)
        )
        for person, (kind, words, days) in zip(near[1:], CIRCUMSTANCES, strict=False)
    ]
    if kept:
        look_at_circumstance(kept[0], by=by, purpose="大雪前上门探访")
        reveal_contact(kept[0].person, by=by, purpose="电话问药取到没有")


def _take_back(person: Person) -> None:
    given = Consent.objects.open().filter(person=person, purpose__code=TALENT).first()
    if given:
        withdraw(given, by=SYSTEM)


def _ask(near: list[Person], staff: Staff, worker: Post) -> None:
    """One correction done, one still open; and once all that is kept was printed at the desk."""
    by = staff.actor(worker)
    for n, person in enumerate(near[:2]):
        asked = ask_about_data(
            person, by=by.for_("paper", person.pk), wish="correct", words="门牌号写错了，请按新门牌改"
        )
        if n == 0:
            fulfil_request(asked, by=SYSTEM, answer="已按新门牌改好。")
    if near:
        show_data(near[0], by=by.for_("paper", near[0].pk), purpose="在窗口向本人出示")
