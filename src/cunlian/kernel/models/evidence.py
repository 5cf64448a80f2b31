"""Files that prove something, and where each is attached."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.querysets import AttachmentQuerySet
from cunlian.kernel.records import Record


class Evidence(Record):
    """The bytes of one file, kept once under their SHA-256. ``source_sha256`` is of the bytes as they came in, and
    ``look`` a 64-bit print of the picture (16 hex digits), both only to tell that a picture was used before. ``sealed``: a
    paper that names somebody, encrypted on disk; its digests are keyed, and nothing is compared with it."""

    KIND = "evidence"

    class MediaType(models.TextChoices):
        JPEG = "image/jpeg", "JPEG"
        PNG = "image/png", "PNG"
        WEBP = "image/webp", "WebP"
        PDF = "application/pdf", "PDF"

    sha256 = models.CharField(max_length=64, unique=True)
    source_sha256 = models.CharField(max_length=64, db_index=True)
    look = models.CharField(max_length=16, blank=True, db_index=True)
    media_type = models.CharField(max_length=20, choices=MediaType)
    size = models.IntegerField(help_text=_("Bytes."))
    width = models.IntegerField(null=True, help_text=_("Pixels; empty for papers."))
    height = models.IntegerField(null=True)
    path = models.CharField(max_length=120, help_text=_("Below MEDIA_ROOT."))
    stored_at = models.DateTimeField()
    sealed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="evidence_has_size", condition=Q(size__gt=0)),
        ]

    @property
    def is_picture(self) -> bool:
        return self.width is not None


class Attachment(Record):
    """That a file belongs to a record: who put it there and whether strangers may see it. Opened only through the record
    it is about."""

    KIND = "attachment"
    PERSONAL = frozenset({"caption"})

    about_kind = models.CharField(max_length=40)
    about_id = models.UUIDField(db_index=True)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="attachments")
    caption = models.CharField(max_length=200, blank=True)
    position_kept = models.BooleanField(default=False)
    by_actor_id = models.UUIDField(null=True)
    by_post_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    blurred_from = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="blurred")
    public = models.BooleanField(default=False)
    refused_at = models.DateTimeField(null=True, help_text=_("Who sent it does not want it shown to others."))

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["about_id", "evidence"], name="attachment_once"),
        ]
