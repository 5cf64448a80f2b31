"""What these tests share: a call of the cast's village with two reviewers, and applications and agreements made by actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import ANONYMOUS, SYSTEM, Actor
from cunlian.organisations.models import Organisation, OrganisationKind
from cunlian.talent.models import Application, PartnerCall, Partnership
from cunlian.talent.partners import actions
from cunlian.talent.partners.actions import Terms
from cunlian.talent.partners.states import ApplicationState, CallState, PartnershipState
from cunlian.talent.taking import Told
from tests.cases.conftest import Desk, desk, district
from tests.cast import START, Cast

__all__ = ["Desk", "desk", "district"]

NAME, PHONE = "白敏学", "13500006666"
OFFER = "带一个茶树良种和两名研究生来。"
A, C, P = ApplicationState, CallState, PartnershipState


@dataclass
class Partners:
    """Reviewed by the village's head and the township's officer."""

    cast: Cast
    institute: Organisation
    reviewers: tuple[str, ...] = field(default=("village_head", "township_staff"))

    def draft(self, **values: Any) -> PartnerCall:
        values = {
            "by": self.cast.township_staff, "place": self.cast.world.village, "name": "茶叶产业合伙人招募",
            "paper": "恒发〔2026〕8号", "paper_on": clock.today(), "wanted": "懂茶树栽培的人",
            "offered": "二十亩示范田和住房", "open_until": clock.today() + timedelta(days=30),
        } | values  # fmt: skip
        return actions.draw_call(**values)

    def call(self, **values: Any) -> PartnerCall:
        call = self.draft(**values)
        for name in self.reviewers:
            actions.name_reviewer(call, by=SYSTEM, post=self.cast.world.posts[name])
        return actions.publish(call, by=self.cast.township_staff)

    def call_in(self, state: CallState) -> PartnerCall:
        if state == C.DRAFT:
            call = self.draft()
            for name in self.reviewers:
                actions.name_reviewer(call, by=SYSTEM, post=self.cast.world.posts[name])
            return call
        call = self.call()
        return actions.close(call, by=SYSTEM) if state == C.CLOSED else call

    def apply(self, call: PartnerCall | None = None, **values: Any) -> Application:
        told = Told(NAME, PHONE, agreed=True)
        values = {
            "by": ANONYMOUS,
            "offer": OFFER,
            "comes_from": "institute",
            "institute": self.institute,
            "told": told,
        } | values
        return actions.apply(call or self.call(), **values)

    def person(self, application: Application) -> Actor:
        return Actor("anonymous", proofs=frozenset({application.pk}))

    def reviewed(self, application: Application, *, words: tuple[bool, ...] = (True, True)) -> Application:
        for name, word in zip(self.reviewers, words, strict=False):
            actions.give_word(application, by=getattr(self.cast, name), in_favour=word, words="合适。")
        return application

    def take(self, application: Application) -> Application:
        return actions.take(application, by=self.cast.township_staff, answer="欢迎，请来签协议。")

    def terms(self, **values: Any) -> Terms:
        day = clock.today()
        return Terms(**{"paper": "协议〔2026〕1号", "starts_on": day, "ends_on": day + timedelta(days=365)} | values)

    def agree(self, application: Application | None = None, **values: Any) -> Partnership:
        taken = application or self.take(self.reviewed(self.apply()))
        return actions.agree(taken, by=self.cast.township_staff, terms=self.terms(**values))

    def again(self, application: Application) -> Application:
        return Application.objects.for_detail().get(pk=application.pk)

    def application_in(self, state: ApplicationState) -> Application:
        """A fresh one brought to ``state``, with two words for it given."""
        sent = self.reviewed(self.apply(), words=(True,))
        if state == A.SENT:
            actions.give_word(sent, by=self.cast.township_staff, in_favour=True, words="可以。")
        if state == A.WITHDRAWN:
            return actions.withdraw(sent, by=self.person(sent))
        if state == A.NOT_TAKEN:
            return actions.decline(sent, by=self.cast.township_staff, answer="名额已满。")
        if state in (A.TAKEN, A.AGREED):
            actions.give_word(sent, by=self.cast.township_staff, in_favour=True, words="可以。")
            sent = self.take(sent)
        if state == A.AGREED:
            self.agree(sent)
        return self.again(sent)

    def agreement_in(self, state: PartnershipState) -> Partnership:
        one = self.agree()
        if state == P.RENEWED:
            actions.renew(one, by=self.cast.township_staff, terms=self.terms(paper="协议〔2027〕1号"))
        if state == P.ENDED:
            actions.end(one, by=self.cast.township_staff, ended_on=clock.today(), outcome="良种已试种。")
        one.refresh_from_db()
        return one


@pytest.fixture
def partners(cast: Cast, desk: Desk) -> Partners:
    institute = Organisation.objects.create(
        organisation_kind=OrganisationKind.INSTITUTE, name="测试师范学院", place=cast.world.county, starts_on=START
    )
    return Partners(cast, institute)
