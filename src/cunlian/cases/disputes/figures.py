"""What is counted about mediation. An agreement that is not performed is not settled."""

from __future__ import annotations

from django.db.models import DurationField, ExpressionWrapper, F, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.cases.disputes.models import Dispute, MediationBody
from cunlian.cases.disputes.querysets import DisputeQuerySet
from cunlian.cases.figures import DAYS, whole_days
from cunlian.kernel.access import Actor
from cunlian.kernel.figures import Indicator, Unit, add_indicator

DISPUTES = Unit(pgettext_lazy("unit", "dispute"), _("disputes"))
IN_ALL = Unit(pgettext_lazy("unit of all disputes", "dispute"), pgettext_lazy("unit of all disputes", "disputes"))
NAMES = Unit(pgettext_lazy("unit", "name"), _("names"))


def _disputes(viewer: Actor) -> DisputeQuerySet:
    return Dispute.objects.visible_to(viewer)


def _taking(viewer: Actor) -> QuerySet[Dispute]:
    taken = ExpressionWrapper(F("agreed_at") - F("accepted_at"), output_field=DurationField())
    return _disputes(viewer).bound().annotate(taken=taken)


def _brands(viewer: Actor) -> QuerySet[MediationBody]:
    return MediationBody.objects.visible_to(viewer).current().with_brand()


for indicator in (
    Indicator(
        "disputes.accepted", _("Disputes taken on"), DISPUTES, lambda v: _disputes(v).accepted(), when="accepted_at"
    ),
    Indicator(
        "disputes.settled", _("Disputes settled"), DISPUTES, lambda v: _disputes(v).settled(), when="agreed_at",
        reading=_("agreement reached, performed or confirmed by a court; a breached one does not count"),
    ),
    Indicator(
        "disputes.settled_enterprise", _("Disputes of village and enterprise settled"), DISPUTES,
        lambda v: _disputes(v).settled().with_enterprise(), when="agreed_at", claims=("E26",),
        reading=_("by the day of the agreement; the report counts one year. Part of all settled disputes: never add"),
    ),
    Indicator(
        "disputes.settled_all", _("Disputes settled in all"), IN_ALL, lambda v: _disputes(v).settled(),
        claims=("E27",),
        reading=_("cumulative: the report names no time. Those of village and enterprise are among them: never add"),
    ),
    Indicator(
        "disputes.brands", _("Names of mediation people know"), NAMES, _brands, measure="distinct", field="brand",
        place="organisation__place", nature="structural", claims=("B29",),
        reading=_("different names of bodies at work today; the report names two “and others”, so at least two"),
    ),
    Indicator(
        "disputes.median_days", _("Median time to an agreement"), DAYS, _taking, measure="median", field="taken",
        when="agreed_at", convert=whole_days,
    ),
):  # fmt: skip
    add_indicator(indicator)
