"""Telling posts about instructions: the doer hears what comes, the giver what comes back, who stands between what passed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cunlian.flows.notify import PAGES, holders_seeing, write_to
from cunlian.instructions.models import Copy
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Text
from cunlian.organisations.models import Post

_FOR_YOU: dict[str, tuple[Text, Text]] = {
    "instructions.sent": (_("An instruction for you"), _("%(giver)s asks %(post)s for it by %(due)s. Open it: %(link)s")),
    "instructions.redirected": (
        _("An instruction for you"), _("%(giver)s asks %(post)s for it by %(due)s. Open it: %(link)s"),
    ),
    "instructions.upheld": (
        _("It stays with you"), _("%(giver)s says that it stays with %(post)s, by %(due)s. Open it: %(link)s"),
    ),
    "instructions.supervised": (
        _("An instruction is urged"), _("%(post)s owes it by %(due)s and was urged. Read why: %(link)s"),
    ),
    "instructions.sent_back": (
        _("A record came back"), _("%(giver)s sent the record back to %(post)s. Read why: %(link)s"),
    ),
}  # fmt: skip
_FOR_GIVER: dict[str, tuple[Text, Text]] = {
    "instructions.returned": (_("Sent back as not theirs"), _("%(post)s sent it back. Find the right post: %(link)s")),
    "instructions.extension_asked": (_("More time is asked for"), _("%(post)s asks for more time: %(link)s")),
    "instructions.completed": (_("An instruction is done"), _("%(post)s did it. Check the record: %(link)s")),
}


def _copy(activity: Activity) -> Copy | None:
    return Copy.objects.for_detail().filter(pk=activity.object_id).first()


def _tell(post: Post, copy: Copy, activity: Activity, subject: Text, body: Text) -> None:
    due = copy.promise.due_at if copy.promise else None
    write_to(
        holders_seeing(post, Copy.KIND, copy.pk), activity, subject, body, f"{PAGES[Copy.KIND]}/{copy.pk}",
        giver=copy.instruction.giver, post=copy.post, due=due,
    )  # fmt: skip


def tell_doer(activity: Activity) -> None:
    if copy := _copy(activity):
        _tell(copy.post, copy, activity, *_FOR_YOU[activity.verb])


def tell_giver(activity: Activity) -> None:
    if copy := _copy(activity):
        _tell(copy.instruction.giver, copy, activity, *_FOR_GIVER[activity.verb])


def tell_informed(activity: Activity) -> None:
    """Whoever stands between giver and doer: for their information, nothing is asked."""
    if copy := _copy(activity):
        for row in copy.informed.all():
            _tell(
                row.post, copy, activity, _("For your information"),
                _("%(giver)s asked %(post)s directly. You need not do anything: %(link)s"),
            )  # fmt: skip
