"""Pictures of a finished case, shown to everybody: chosen by staff, taken back by staff, refused by who sent them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.cases.models import Case, Showing
from cunlian.cases.states import CLOSED
from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.models import Attachment
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid


@transaction.atomic
def show_pictures(case: Case, *, by: Actor, pictures: Sequence[Attachment], words: str, looked: bool) -> Showing:
    """Show blurred copies, and no others, on the receipt and the village's page. Again with another choice: those are
    shown instead. ``looked``: whoever chooses has looked at each for faces, number plates and names. Words are for
    everybody; the log does not hold them."""
    case = lock(case)
    require(by, "cases.show_pictures", case)
    if case.state not in CLOSED:
        raise Conflict(
            _("Pictures are shown once the request is closed. Wait until it is confirmed or the window is over.")
        )
    pictures = list(
        Attachment.objects.about(case).filter(pk__in=[one.pk for one in pictures]).select_related("blurred_from")
    )
    _check(case, pictures, words.strip(), looked)
    old = _shown(case)
    _show(case, pictures)
    said = {"words": words.strip(), "post_id": by.post_id, "shown_at": clock.now(), "taken_back_at": None}
    showing, _made = Showing.objects.update_or_create(case=case, defaults=said)
    changed = {"pictures": (old, [one.pk for one in pictures]), "words": (None, showing.words)}
    log.record(by, "cases.pictures_shown", showing, changed=changed)
    return showing


def _check(case: Case, pictures: Sequence[Attachment], words: str, looked: bool) -> None:
    if not pictures:
        raise Invalid(_("Choose at least one picture, or take back those that are shown."), field="pictures")
    for picture in pictures:
        if picture.blurred_from_id is None:
            raise Invalid(_("Only copies with parts made unreadable are shown, never an original."), field="pictures")
        if _refused(picture):
            raise Invalid(_("Whoever sent this picture does not want it shown."), field="pictures")
    if not words:
        raise Invalid(_("Write in a sentence what was put right, for everybody to read."), field="words")
    if case.reporter and case.reporter.name and case.reporter.name in words:
        raise Invalid(_("The name of the person who reported stays out of it. Please leave it out."), field="words")
    if not looked:
        raise Invalid(
            _("Look at each picture first: no face, number plate, name or number may be read."), field="looked"
        )


def _refused(picture: Attachment) -> bool:
    """Who sent the picture, or the one it was made from, said no."""
    one: Attachment | None = picture
    while one is not None:
        if one.refused_at:
            return True
        one = one.blurred_from
    return False


def _shown(case: Case) -> list[object]:
    return list(Attachment.objects.about(case).public().values_list("pk", flat=True))


def _show(case: Case, pictures: Sequence[Attachment]) -> None:
    found = Attachment.objects.about(case).order_by()
    found.public().update(public=False)
    found.filter(pk__in=[one.pk for one in pictures]).update(public=True)


def hide_pictures(case: Case) -> None:
    """Part of an action: what was shown is shown no more. A case opened again is not put right."""
    _show(case, [])
    Showing.objects.filter(case=case, taken_back_at=None).update(taken_back_at=clock.now())


@transaction.atomic
def take_back_pictures(case: Case, *, by: Actor) -> Case:
    """Shown no more, from now on. Twice is a quiet no-op."""
    case = lock(case)
    require(by, "cases.show_pictures", case)
    old = _shown(case)
    if not old:
        return case
    hide_pictures(case)
    log.record(by, "cases.pictures_taken_back", case, changed={"pictures": (old, [])})
    return case


@transaction.atomic
def refuse_pictures(case: Case, *, by: Actor) -> Case:
    """Whoever reported does not want what they sent shown, blurred or not: those that are go at once, and none is shown
    later. Pictures of staff are not theirs to refuse."""
    case = lock(case)
    require(by, "cases.refuse_pictures", case)
    sent = list(Attachment.objects.about(case).filter(by_post_id=None, blurred_from=None))
    if not sent:
        raise Invalid(_("There is no picture of yours with this request."))
    old = _shown(case)
    for picture in sent:
        change(picture, refused_at=picture.refused_at or clock.now())
    left = [one for one in Attachment.objects.about(case).public() if not _refused(one)]
    if left:
        _show(case, left)
    else:
        hide_pictures(case)
    log.record(by, "cases.pictures_refused", case, changed={"pictures": (old, [one.pk for one in left])})
    return case
