"""What is counted about partners. Who applied is counted nowhere: only the reviewers see applications."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.access import Actor
from cunlian.kernel.figures import Indicator, Unit, add_indicator
from cunlian.organisations.figures import NAMED
from cunlian.talent.models import PartnerCall, Partnership, ResearchResult, TeachingBase
from cunlian.talent.partners.querysets import PartnershipQuerySet

PERSONS = Unit(pgettext_lazy("unit", "person"), _("persons"))
CALLS = Unit(pgettext_lazy("unit", "call"), _("calls"))
RESULTS = Unit(pgettext_lazy("unit", "result"), _("results"))
BASES = Unit(pgettext_lazy("unit", "base"), _("bases"))


def _partners(viewer: Actor) -> PartnershipQuerySet:
    """Agreements in force with persons on file, so that each person is counted once."""
    return Partnership.objects.visible_to(viewer).in_force().filter(person__isnull=False)


for indicator in (
    Indicator(
        "partners.rural_partner_count", _("Partners from colleges and institutes"), NAMED,
        lambda v: _partners(v).from_institutes(), measure="distinct", field="person", claims=("E20",),
        reading=_("persons of a college or research institute with an agreement in force today; the report counts those "
                  "from colleges and institutes"),
    ),
    Indicator(
        "partners.partner_count", _("Partners in all"), PERSONS, _partners, measure="distinct", field="person",
        reading=_("those from colleges and institutes are among them: never add"),
    ),
    Indicator(
        "partners.calls_open", _("Calls for partners that are open"), CALLS,
        lambda v: PartnerCall.objects.visible_to(v).taking(),
    ),
    Indicator(
        "partners.results_taken_up", _("Research results taken up"), RESULTS,
        lambda v: ResearchResult.objects.visible_to(v), when="taken_up_on", when_is_day=True,
    ),
    Indicator(
        "partners.teaching_bases", _("Teaching bases"), BASES, dated=True,
        rows=lambda v, day: TeachingBase.objects.visible_to(v).current(day),
    ),
):  # fmt: skip
    add_indicator(indicator)
