"""Files that belong to a case: shown, fetched, added, blurred. Reached only through a case the viewer may see."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cunlian.cases.models import Case
from cunlian.kernel.access import Actor, may
from cunlian.kernel.evidence import used_before
from cunlian.kernel.models import Attachment
from cunlian.kernel.refusals import Missing
from cunlian.organisations.models import Post


@dataclass(frozen=True)
class Shown:
    """An attachment as drawn. ``by``: the post that added it; empty for the person who reported. ``repeated``: the same
    picture hangs on another request the viewer may see, which is a hint to look again and no more."""

    attachment: Attachment
    by: str
    repeated: bool


def shown(case: Case, actor: Actor) -> list[Shown]:
    rows = list(Attachment.objects.about(case))
    names = _posts({row.by_post_id for row in rows if row.by_post_id})
    return [Shown(row, names.get(row.by_post_id, ""), _repeated(row, case, actor)) for row in rows]


def _posts(keys: set[UUID]) -> dict[UUID | None, str]:
    found = Post.objects.current().filter(pk__in=keys).select_related("organisation") if keys else []
    return {post.pk: str(post) for post in found}


def _repeated(row: Attachment, case: Case, actor: Actor) -> bool:
    """On a request withheld from the viewer it hangs for nobody: the hint would tell that there is one."""
    if row.blurred_from_id is not None:
        return False
    others = used_before(row.evidence, case).filter(about_kind=Case.KIND).values("about_id")
    return Case.objects.visible_to(actor).filter(pk__in=others).exists()


def may_attach(case: Case, actor: Actor) -> bool:
    return not case.is_ended and may(actor, "cases.attach", case)


def attachment_of(case: Case, pk: UUID) -> Attachment:
    """An attachment of this very case, or Missing."""
    found = Attachment.objects.about(case).filter(pk=pk).first()
    if found is None:
        raise Missing(_("This file is not with the request any more."))
    return found


class AttachForm(forms.Form):
    file = forms.FileField(
        label=_("Photo or PDF"),
        help_text=_("Up to 15 MB. Please take no photos of people's faces."),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )
    caption = forms.CharField(label=_("What it shows"), required=False, max_length=200)
    keep_position = forms.BooleanField(
        label=_("Leave in the photo where it was taken"),
        required=False,
        help_text=_("Only if whoever took it wants it so. Else the position is taken out."),
    )


class BlurForm(forms.Form):
    """A region in per cent of the picture: drawn by ui/region.js, or typed."""

    left = forms.IntegerField(label=_("From the left, %"), min_value=0, max_value=99)
    top = forms.IntegerField(label=_("From the top, %"), min_value=0, max_value=99)
    width = forms.IntegerField(label=_("Width, %"), min_value=1, max_value=100)
    height = forms.IntegerField(label=_("Height, %"), min_value=1, max_value=100)

    def boxes(self, attachment: Attachment) -> list[tuple[int, int, int, int]]:
        """The region in pixels, outwards to whole ones and cut at the picture's edge."""
        wide, high = attachment.evidence.width, attachment.evidence.height
        if wide is None or high is None:
            raise ValidationError(_("Only pictures can be blurred."))
        v = self.cleaned_data
        left, top = v["left"] * wide // 100, v["top"] * high // 100
        right, bottom = -(-(v["left"] + v["width"]) * wide // 100), -(-(v["top"] + v["height"]) * high // 100)
        return [(left, top, min(wide, right), min(high, bottom))]
