"""What these tests share: a path home in any state, made only by actions, in the village of the cast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import ANONYMOUS, Actor
from cunlian.talent.coming_home import actions
from cunlian.talent.coming_home.care import months_later
from cunlian.talent.coming_home.states import State
from cunlian.talent.coming_home.sweep import call_cares
from cunlian.talent.models import Gathering, Homecoming, Support
from cunlian.talent.taking import Told
from tests.cases.conftest import Desk, desk, district
from tests.cast import Cast

__all__ = ["Desk", "desk", "district"]

NAME, PHONE = "向春燕", "13500007777"
WISH = "在外做了八年服装，想回来办个小厂。"
FUND = "县返乡创业担保贷款基金"
POLICY = "安恒发〔2025〕12号"


@dataclass(frozen=True)
class Home:
    """Somebody away who would like to come home, and the cadre who goes along with her."""

    cast: Cast

    def begin(self, **values: Any) -> Homecoming:
        told = Told(NAME, PHONE, agreed=True)
        values = {"by": ANONYMOUS, "place": self.cast.world.village, "wish": WISH, "told": told} | values
        return actions.begin_path(**values)

    def person(self, path: Homecoming) -> Actor:
        """Whoever holds the receipt."""
        return Actor("anonymous", proofs=frozenset({path.pk}))

    def talk(self, path: Homecoming) -> Homecoming:
        by = self.cast.village_cadre
        return actions.talk(path, by=by, held_on=clock.today(), text="想用老村部，要贷款。")

    def ask(self, path: Homecoming, **values: Any) -> Support:
        values = {"policy": POLICY, "fund": FUND, "asked_fen": 20_000_000} | values
        return actions.ask_support(path, by=self.cast.village_cadre, **values)

    def decide(self, support: Support, **values: Any) -> Support:
        values = {"granted_fen": 15_000_000, "paper": "恒贷〔2026〕3号", "decided_on": clock.today()} | values
        return actions.decide_support(support, by=self.cast.township_staff, **values)

    def arrive(self, path: Homecoming, **values: Any) -> Homecoming:
        values = {"arrived_as": "firm", "came_to": "春燕服装厂", "arrived_on": clock.today()} | values
        return actions.arrive(path, by=self.cast.village_cadre, **values)

    def look(self, path: Homecoming, **values: Any) -> Homecoming:
        values = {"looked_on": clock.today(), "found": "厂里有十二个人，缺水电。"} | values
        return actions.look_in(path, by=self.cast.village_cadre, **values)

    def here_since(self, months: int, **values: Any) -> Homecoming:
        """Came so many months ago; the look in that fell due last is called."""
        path = self.arrive(self.talk(self.begin(**values)), arrived_on=months_later(clock.today(), -months))
        call_cares(clock.now())
        return self.again(path)

    def gathering(self, **values: Any) -> Gathering:
        world = self.cast.world
        values = {
            "by": self.cast.village_cadre, "place": world.village, "called_by": world.units["committee"],
            "name": "春节老乡会", "held_on": date(2026, 2, 18), "venue": "村部院坝", "people": 40,
            "people_source": "签到前由村干部点数", "heard": "想回来办厂的有三人，都问用地。",
        } | values  # fmt: skip
        return actions.enter_gathering(**values)

    def again(self, path: Homecoming) -> Homecoming:
        return Homecoming.objects.for_detail().get(pk=path.pk)

    def in_state(self, state: State) -> Homecoming:
        """A fresh path brought to ``state``, with a decision or a look in waiting where there can be one."""
        by = self.cast.village_cadre
        path = self.begin()
        if state == State.INTERESTED:
            return path
        if state == State.STOPPED:
            return actions.stop(path, by=by, reason="elsewhere")
        path = self.talk(path)
        if state == State.TALKED:
            return path
        support = self.ask(path)
        path = self.again(path)
        if state == State.SUPPORT:
            return path
        long = 24 if state == State.STAYED else 3
        path = self.arrive(path, arrived_on=months_later(clock.today(), -long))
        call_cares(clock.now())
        path = self.again(path)
        assert support.decided_on is None
        if state == State.HOME:
            return path
        if state == State.LEFT:
            return actions.leave(path, by=by, looked_on=clock.today(), found="孩子要在城里读书。")
        return self.look(path, looked_on=clock.today() - timedelta(days=0))


@pytest.fixture
def home(cast: Cast, desk: Desk) -> Home:
    return Home(cast)
