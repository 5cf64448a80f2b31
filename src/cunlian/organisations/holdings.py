"""What is held about a person because of the posts they hold. It stays after erasure, as done by the post."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from cunlian.kernel.holdings import Held, add_teller, facts
from cunlian.organisations.models import Posting


def tell_postings(person_id: UUID) -> list[Held]:
    rows = Posting.objects.filter(person_id=person_id).select_related("post__organisation").order_by("starts_on", "pk")
    return [
        Held(
            row.KIND, _("Post: %(post)s") % {"post": row.post},
            facts(
                (_("Basis"), row.get_basis_display()), (_("Paper"), row.paper), (_("From"), row.starts_on),
                (_("Until"), row.ends_on),
            ),
            row.starts_on, _("Who held a public post is on record"),
        )
        for row in rows
    ]  # fmt: skip


add_teller("organisations.postings", tell_postings)
