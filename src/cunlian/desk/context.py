"""What every page of the desk shows in its frame: the numbers of the side bar and the viewer's post. Read when drawn."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cunlian.cases.disputes.models import Dispute
from cunlian.cases.models import Case
from cunlian.desk.home.owed import owed_promises
from cunlian.instructions.models import Copy
from cunlian.kernel.access import ANONYMOUS, Actor
from cunlian.organisations.models import Post
from cunlian.places.models import unused_modules


def frame(request: HttpRequest) -> dict[str, Any]:
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    if not request.path.startswith("/desk/") or not actor.grants:
        return {}
    return {
        "nav_counts": SimpleLazyObject(lambda: _counts(actor)),
        "modules_off": SimpleLazyObject(unused_modules),
        "post_label": SimpleLazyObject(lambda: _post(actor)),
    }


def _counts(actor: Actor) -> dict[str, int]:
    """What waits for this very account, and what is open where they work. Both open in the list they count."""
    seen = Case.objects.visible_to(actor)
    waiting = seen.waiting_for(actor).count() + Dispute.objects.visible_to(actor).waiting_for(actor).count()
    given = Copy.objects.visible_to(actor).waiting_for(actor).count()
    waiting += owed_promises(actor).count()
    return {"desk:home": waiting, "desk:cases": seen.open().count(), "desk:instructions": given}


def _post(actor: Actor) -> str:
    if actor.post_id is None:
        return ""
    post = Post.objects.visible_to(actor).filter(pk=actor.post_id).select_related("organisation").first()
    return str(post.organisation) if post else ""
