"""Photos and papers that belong to a case: added, made unreadable in part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.files import File
from django.db import transaction

from cunlian.cases.models import Case
from cunlian.kernel import evidence, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.models import Attachment
from cunlian.kernel.records import lock


@transaction.atomic
def attach_file(
    case: Case, *, by: Actor, file: File[bytes], caption: str = "", keep_position: bool = False
) -> Attachment:
    """Add a photo or a PDF. The position is taken out of a photo unless ``keep_position``. The same file twice is once."""
    case = lock(case)
    require(by, "cases.attach", case)
    kept = evidence.store(file, keep_position)
    attachment = evidence.attach(case, kept, by, caption=caption.strip()[:200], position_kept=keep_position)
    log.record(by, "cases.file_added", case, changed={"attachment": (None, attachment.pk)})
    return attachment


@transaction.atomic
def blur_file(case: Case, *, by: Actor, attachment: Attachment, boxes: Sequence[Any]) -> Attachment:
    """A copy of a photo with regions made unreadable, hung on the case beside the original."""
    case = lock(case)
    require(by, "cases.attach", case)
    blurred = evidence.blur(attachment, boxes, by)
    log.record(by, "cases.file_blurred", case, changed={"attachment": (attachment.pk, blurred.pk)})
    return blurred
