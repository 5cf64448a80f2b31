"""Files that prove something: kept once under their SHA-256, attached to records, opened only through a record.

``store`` decides by content what a file is. Pictures are written anew (see pictures.py); papers (PDF) are kept as they came
and must be served as a download. What names somebody, such as a signed form, is stored ``sealed``: encrypted on disk, read by
``bytes_of`` alone, which only an action that writes down the look may call. ``attach``, ``detach`` and ``blur`` run inside
an action's transaction: the action asks who may, and writes the log.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.core.files.base import File
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, pictures, ticks
from cunlian.kernel.access import Actor
from cunlian.kernel.models import Attachment, Evidence
from cunlian.kernel.pictures import Box, Picture
from cunlian.kernel.querysets import AttachmentQuerySet
from cunlian.kernel.records import ref
from cunlian.kernel.refusals import Invalid
from cunlian.kernel.rekeying import add_sealed_files
from cunlian.kernel.secrets import blind, decrypt_bytes, encrypt_bytes

MOST_BYTES = 15 * 1024 * 1024
UNUSED = timedelta(days=1)
SEALED = ".sealed"
_DRAFT = "evidence.draft"


def store(upload: File[bytes], keep_position: bool = False, *, sealed: bool = False) -> Evidence:
    """The evidence for an uploaded photo or PDF; the same bytes are kept once. ``keep_position``: the sender wants the place
    where the photo was taken to stay in it. ``sealed``: never in the clear on disk. Invalid with a sentence that says what
    to do otherwise."""
    name = Path(upload.name or "").name[:80]
    data = _read(upload, name)
    source = hashlib.sha256(data).hexdigest()
    if data.startswith(b"%PDF-"):
        return _kept(_paper(data, name), source, sealed)
    return _kept(pictures.clean(data, name, keep_position=keep_position), source, sealed)


def seal(evidence: Evidence) -> Evidence:
    """The same file sealed. The one in the clear goes once the transaction is certain, unless another record has it."""
    if evidence.sealed:
        return evidence
    suffix = path_of(evidence).suffix
    size = evidence.width or 0, evidence.height or 0
    made = _kept(Picture(bytes_of(evidence), evidence.media_type, suffix, *size, ""), evidence.source_sha256, True)
    transaction.on_commit(lambda: _forget(evidence))
    return made


def bytes_of(evidence: Evidence) -> bytes:
    """The file as it was sent, opened if it is sealed."""
    data = path_of(evidence).read_bytes()
    return decrypt_bytes(data) if evidence.sealed else data


@dataclass(frozen=True)
class Draft:
    """A file that was sent and hangs on no record yet; ``name`` as its sender calls it."""

    evidence: Evidence
    name: str


def sign_drafts(drafts: Sequence[Draft]) -> str:
    """A word a form carries from one page to the next, so that nobody has to choose their files twice."""
    return signing.dumps([[str(draft.evidence.pk), draft.name] for draft in drafts], salt=_DRAFT) if drafts else ""


def read_drafts(word: str) -> list[Draft]:
    """The files behind a word of ``sign_drafts``. Invalid for any other word, and when the day they are kept is over."""
    if not word:
        return []
    try:
        told = signing.loads(word, salt=_DRAFT, max_age=UNUSED)
    except signing.BadSignature:
        told = None
    kept = {str(one.pk): one for one in Evidence.objects.filter(pk__in=[key for key, _name in told or ()])}
    if told is None or len(kept) < len({key for key, _name in told}):
        raise Invalid(_("The files sent before are not kept any more. Please choose them again."), field="file")
    return [Draft(kept[key], name) for key, name in told]


def attach(
    about: models.Model,
    evidence: Evidence,
    by: Actor,
    *,
    caption: str = "",
    position_kept: bool = False,
    public: bool = False,
    blurred_from: Attachment | None = None,
) -> Attachment:
    """Attach a file to a record. Attaching the same file twice attaches once."""
    kind, key = ref(about)
    attachment, _made = Attachment.objects.get_or_create(
        about_id=key,
        evidence=evidence,
        defaults={
            "about_kind": kind,
            "caption": caption,
            "position_kept": position_kept,
            "by_actor_id": by.user_id,
            "by_post_id": by.post_id,
            "created_at": clock.now(),
            "public": public,
            "blurred_from": blurred_from,
        },
    )
    return attachment


def detach(attachment: Attachment) -> None:
    """Take a file from a record, and its blurred copies. The bytes go a day later, if no other record has them."""
    attachment.delete()


def used_before(evidence: Evidence, about: models.Model | None = None) -> AttachmentQuerySet:
    """Where the same picture hangs already, leaving out ``about``: a hint to whoever checks, never a refusal. Narrow it to
    records the viewer may see."""
    found = Attachment.objects.same_picture(evidence).order_by("created_at")
    return found.exclude(about_id=ref(about).id) if about else found


def blur(attachment: Attachment, boxes: Sequence[Box], by: Actor, *, public: bool = False) -> Attachment:
    """A new attachment to the same record with regions made unreadable; the original stays, and stays private."""
    evidence = attachment.evidence
    if not evidence.is_picture:
        raise Invalid(_("Only pictures can be blurred. Please send this paper as a photo."), field="boxes")
    if not boxes:
        raise Invalid(_("Draw at least one region to blur."), field="boxes")
    data = bytes_of(evidence)
    copy = _kept(pictures.blurred(data, boxes), hashlib.sha256(data).hexdigest(), evidence.sealed)
    made, _new = Attachment.objects.get_or_create(
        about_id=attachment.about_id,
        evidence=copy,
        defaults={
            "about_kind": attachment.about_kind,
            "caption": attachment.caption,
            "by_actor_id": by.user_id,
            "by_post_id": by.post_id,
            "created_at": clock.now(),
            "public": public,
            "blurred_from": attachment,
        },
    )
    return made


def path_of(evidence: Evidence) -> Path:
    """Where the bytes lie. Doors read it only for an attachment reached through a visible record; what is sealed says
    nothing there."""
    return Path(settings.MEDIA_ROOT) / evidence.path


def position_of(evidence: Evidence) -> tuple[float, float] | None:
    """Latitude and longitude (degrees), when the sender kept them in the picture."""
    return pictures.position_of(bytes_of(evidence)) if evidence.is_picture else None


def forget_unused(now: datetime) -> int:
    """Delete files that hang on no record, a day after they came: drafts never sent, and what was taken away."""
    unused = Evidence.objects.filter(attachments=None, stored_at__lt=now - UNUSED)
    return sum(_forget(evidence) for evidence in list(unused[:500]))


@transaction.atomic
def _forget(evidence: Evidence) -> bool:
    locked = Evidence.objects.select_for_update().filter(pk=evidence.pk, stored_at=evidence.stored_at).first()
    if locked is None or locked.attachments.exists():
        return False
    locked.delete()
    path_of(locked).unlink(missing_ok=True)
    return True


def _read(upload: File[bytes], name: str) -> bytes:
    size = upload.size or 0
    if size > MOST_BYTES:
        raise Invalid(
            _(
                "“%(name)s” has %(size)s MB; up to 15 MB can be sent. Please choose a smaller size when you send the photo."
            )
            % {"name": name, "size": f"{size / 1024 / 1024:.1f}"},
            field="file",
        )
    data: bytes = upload.read(MOST_BYTES + 1)
    if not data:
        raise Invalid(_("“%(name)s” is empty. Please choose the file again.") % {"name": name}, field="file")
    return data


def _paper(data: bytes, name: str) -> Picture:
    if b"%%EOF" not in data[-2048:]:
        raise Invalid(_("“%(name)s” ends in the middle. Please send the PDF again.") % {"name": name}, field="file")
    return Picture(data, Evidence.MediaType.PDF, ".pdf", 0, 0, "")


@transaction.atomic
def _kept(picture: Picture, source_sha256: str, sealed: bool = False) -> Evidence:
    """Write the bytes where their digest says and return their row, old or new."""
    digest, data, look = hashlib.sha256(picture.data).hexdigest(), picture.data, picture.look
    if sealed:  # keyed, so that whoever has the form cannot ask the database whether it is here
        digest, source_sha256, data, look = blind(digest), blind(source_sha256), encrypt_bytes(data), ""
    path = f"evidence/{digest[:2]}/{digest[2:4]}/{digest}{SEALED if sealed else picture.suffix}"
    found = Evidence.objects.filter(sha256=digest)
    # Touching the row first keeps the sweep from deleting it now, or waits until the sweep has done so.
    if not found.update(stored_at=clock.now()):
        Evidence.objects.get_or_create(
            sha256=digest,
            defaults={
                "source_sha256": source_sha256,
                "look": look,
                "media_type": picture.media_type,
                "size": len(picture.data),
                "width": picture.width or None,
                "height": picture.height or None,
                "path": path,
                "stored_at": clock.now(),
                "sealed": sealed,
            },
        )
    _write(Path(settings.MEDIA_ROOT) / path, data)
    return found.get()


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: written beside and moved into place."""
    if path.exists() and path.stat().st_size == len(data):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(beside)
        raise


def sealed_files() -> Iterator[Path]:
    return (path_of(one) for one in Evidence.objects.filter(sealed=True).only("path").iterator())


add_sealed_files("evidence", sealed_files)
ticks.add_tick("evidence.forget_unused", 3600, forget_unused)
