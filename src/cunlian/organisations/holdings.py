"""What is held about a person because of the posts they hold. It stays after erasure, as done by the post; what
they declared of themselves does not."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from cunlian.kernel.erasure import add_eraser
from cunlian.kernel.holdings import Held, add_teller, facts
from cunlian.organisations.models import Posting


def tell_postings(person_id: UUID) -> list[Held]:
    rows = Posting.objects.filter(person_id=person_id).select_related("post__organisation", "sent_by")
    return [
        Held(
            row.KIND, _("Post: %(post)s") % {"post": row.post},
            facts(
                (_("Basis"), row.get_basis_display()), (_("Sent by"), row.sent_by), (_("Paper"), row.paper),
                (_("Conflict declared"), row.conflict), (_("From"), row.starts_on), (_("Until"), row.ends_on),
            ),
            row.starts_on, _("Who held a public post is on record"),
        )
        for row in rows.order_by("starts_on", "pk")
    ]  # fmt: skip


def forget_conflicts(person_id: UUID) -> int:
    """What somebody said of their family goes with their file; that they held the post stays."""
    return Posting.objects.filter(person_id=person_id).exclude(conflict="").update(conflict="")


add_eraser("organisations.conflicts", forget_conflicts)
add_teller("organisations.postings", tell_postings)
