"""The upload itself, sealed on disk: it holds what the register keeps sealed too. Gone when the list is taken over or given
up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from cunlian.kernel.ids import uuid7
from cunlian.kernel.refusals import Conflict
from cunlian.kernel.rekeying import add_sealed_files
from cunlian.kernel.secrets import decrypt_bytes, encrypt_bytes
from cunlian.people.models import RegisterImport

FOLDER = "imports"


def keep(data: bytes) -> str:
    """Write it sealed; its path below MEDIA_ROOT."""
    path = f"{FOLDER}/{uuid7().hex}.sealed"
    target = Path(settings.MEDIA_ROOT) / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(encrypt_bytes(data))
    return path


def read(batch: RegisterImport) -> bytes:
    try:
        return decrypt_bytes((Path(settings.MEDIA_ROOT) / batch.file).read_bytes())
    except (FileNotFoundError, IsADirectoryError):
        raise Conflict(_("The file is not kept any more. Please bring it in again.")) from None


def sealed_files() -> Iterator[Path]:
    kept = RegisterImport.objects.exclude(file="").values_list("file", flat=True)
    return (Path(settings.MEDIA_ROOT) / path for path in kept)


def forget(path: str) -> None:
    if path:
        (Path(settings.MEDIA_ROOT) / path).unlink(missing_ok=True)


def forget_after(path: str) -> None:
    """Once what is being done is certain."""
    transaction.on_commit(lambda: forget(path))


add_sealed_files("people.imports", sealed_files)
