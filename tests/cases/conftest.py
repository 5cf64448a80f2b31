"""What the cases' tests share: a district with an item list, and a case in any state, made only by actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from cunlian.cases import actions
from cunlian.cases.actions import Told
from cunlian.cases.models import Case, Category
from cunlian.cases.states import State
from cunlian.kernel import clock
from cunlian.kernel.access import ANONYMOUS, SYSTEM, Actor
from cunlian.organisations.models import OrganisationKind, Post
from cunlian.places.models import District
from tests.cast import Cast

PHONE = "13512342799"


@dataclass(frozen=True)
class Desk:
    """The cast, the item list, and shorthands for the steps of a case."""

    cast: Cast
    channel: Category
    lamp: Category
    unlawful: Category

    def report(self, text: str = "三组水渠垮了六米，稻田进不了水。", **values: object) -> Case:
        values.setdefault("place", self.cast.world.village)
        values.setdefault("told", Told("张桂兰", PHONE))
        values.setdefault("by", ANONYMOUS)
        return actions.report_case(text=text, **values)  # type: ignore[arg-type]

    def post(self, name: str) -> Post:
        return self.cast.world.posts[name]

    def person(self, case: Case) -> Actor:
        """Whoever holds the receipt and the phone."""
        return Actor("anonymous", proofs=frozenset({case.pk}))

    def keeper(self, case: Case) -> Actor:
        """The actor whose post holds the case; the dispatch desk when nobody does."""
        names = {post.pk: name for name, post in self.cast.world.posts.items()}
        return getattr(self.cast, names[case.holder_id]) if case.holder_id else self.cast.dispatcher  # type: ignore[no-any-return]

    def in_state(self, state: State) -> Case:
        """A fresh case brought to ``state`` by the shortest way."""
        case = self.report(category=self.lamp)
        head = self.keeper(case)
        early = {
            State.REPORTED: lambda: case,
            State.REJECTED: lambda: actions.reject_case(case, by=head, reason="unclear", text="看不清，也联系不上。"),
            State.HANDED_OVER: lambda: actions.hand_over_case(
                case, by=head, register_number="信〔2026〕12", due_on=clock.today() + timedelta(days=60)
            ),
            State.MERGED: lambda: actions.merge_case(case, by=head, into=self.report("路灯坏了。", category=self.lamp)),
            State.WITHDRAWN: lambda: actions.withdraw_case(case, by=self.person(case)),
            State.ACCEPTED: lambda: actions.accept_case(case, by=head),
            State.DISPATCHED: lambda: actions.dispatch_case(case, by=head, to=self.post("grid_worker")),
        }
        if state in early:
            return early[state]()
        if state == State.RETURNED:
            actions.dispatch_case(case, by=head, to=self.post("grid_worker"))
            return actions.return_case(case, by=self.cast.grid_worker, text="这段路归镇里管。")
        actions.accept_case(case, by=head)
        if state == State.IN_PROGRESS:
            return actions.start_case(case, by=head)
        actions.answer_case(case, by=head, text="灯换好了，昨晚试亮正常。")
        late = {
            State.ANSWERED: lambda: Case.objects.get(pk=case.pk),
            State.CONFIRMED: lambda: actions.confirm_case(case, by=self.person(case)),
            State.VOUCHED: lambda: actions.vouch_case(
                case, by=self.cast.social_worker.for_("neighbour"), text="对门说亮了。"
            ),
            State.ELAPSED: lambda: self._elapse(case),
        }
        return late[state]()

    def _elapse(self, case: Case) -> Case:
        case.refresh_from_db()
        assert case.window_ends_at is not None
        with clock.set_to(case.window_ends_at):
            return actions.elapse_case(case)


@pytest.fixture
def district(cast: Cast) -> District:
    return District.objects.create(root=cast.world.county, name="测试区", receipt_mark="测", titles={})


@pytest.fixture
def desk(cast: Cast, district: District) -> Desk:
    def item(code: str, name: str, name_en: str, kind: str, **more: bool) -> Category:
        return actions.add_category(
            by=SYSTEM, root=cast.world.county, code=code, name=name, name_en=name_en, responsible_kind=kind, **more
        )

    office, village = OrganisationKind.TOWNSHIP_OFFICE, OrganisationKind.VILLAGERS_COMMITTEE
    item("01", "水利", "Water works", office)
    item("02", "道路照明", "Roads and lights", village)
    item("07", "房屋土地", "Houses and land", office)
    return Desk(
        cast,
        channel=item("0101", "灌溉渠道", "Irrigation channels", office, is_public_matter=True),
        lamp=item("0202", "路灯", "Street lamps", village, is_public_matter=True),
        unlawful=item(
            "0703", "违法占地建房", "Unlawful building", OrganisationKind.COUNTY_DEPARTMENT, needs_power=True
        ),
    )
