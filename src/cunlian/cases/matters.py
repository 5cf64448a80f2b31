"""What the code of a matter is called: duties and gaps keep codes, pages show names."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cunlian.cases.models import Category
from cunlian.cases.routing import BURDEN
from cunlian.organisations.desks import DISPATCH


def matter_names() -> dict[str, str]:
    """Every code of the item list, past ones included, and what offices alone have. One query."""
    names = {category.code: str(category) for category in Category.objects.order_by("starts_on")}
    return names | {BURDEN: _("what burdens staff"), DISPATCH: _("passing requests on")}
