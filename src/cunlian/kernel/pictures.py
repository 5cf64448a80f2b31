"""Pictures: what a file really is, a clean copy of it, and regions made unreadable.

A picture is never kept as it came. It is decoded and written anew, which leaves behind everything that is not picture:
position, camera, thumbnails, comments, colour profiles, and any second file hidden in it (a page, an archive).
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image, ImageOps

from cunlian.kernel.refusals import Invalid, Text

MOST_PIXELS = 60_000_000
LONGEST_SIDE = 4096
FORMATS = {"JPEG": ("image/jpeg", ".jpg"), "PNG": ("image/png", ".png"), "WEBP": ("image/webp", ".webp")}
_UNREADABLE = (
    OSError, SyntaxError, ValueError, EOFError, OverflowError, IndexError, KeyError, TypeError, AttributeError,
    struct.error, zlib.error, Image.DecompressionBombError,
)  # fmt: skip
_GPS_KEPT = range(1, 5)
"""Latitude and longitude with their signs; not the time, the course or the name of the method."""

_OTHERS: tuple[tuple[bytes, int, Text], ...] = (
    (b"GIF8", 0, _("Moving pictures (GIF) are not taken. Please send a photo: JPEG, PNG or WebP.")),
    (
        b"ftyphei",
        4,
        _(
            "This is a HEIC photo. On the iPhone choose Settings › Camera › Formats › Most Compatible and take it again."
        ),
    ),
    (b"ftyp", 4, _("Videos are not taken yet. Please send a photo, or write down what the video shows.")),
    (b"PK\x03\x04", 0, _("This is an archive or an Office file. Please send a photo, or save it as PDF.")),
    (b"\xd0\xcf\x11\xe0", 0, _("This is an Office file. Please save it as PDF and send that.")),
)

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Picture:
    """A clean picture: its bytes, what they are, its size in pixels, and a print to find it again."""

    data: bytes
    media_type: str
    suffix: str
    width: int
    height: int
    look: str


def clean(data: bytes, name: str, *, keep_position: bool = False) -> Picture:
    """The picture in ``data``, written anew. Invalid, with a sentence that says what to send instead, when there is none."""
    image = _opened(data, name)
    form = image.format or "JPEG"
    try:
        gps = _gps(image) if keep_position else {}
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        bare = _bare(upright, form)
    except _UNREADABLE as error:
        raise _damaged(name) from error
    return _written(bare, form, gps)


def blurred(data: bytes, boxes: Sequence[Box]) -> Picture:
    """The same picture with the inside of each box (left, top, right, bottom; pixels) made unreadable for good: what is
    there is averaged to at most six blocks a side, so neither a face nor a number plate can be computed back."""
    image = _opened(data, "")
    form = image.format or "JPEG"
    bare = _bare(image, form)
    for box in boxes:
        left, top = max(box[0], 0), max(box[1], 0)
        right, bottom = min(box[2], bare.width), min(box[3], bare.height)
        if right <= left or bottom <= top:
            raise Invalid(_("Draw the region inside the picture."), field="boxes")
        size = (right - left, bottom - top)
        longest = max(size)
        blocks = (max(1, size[0] * 6 // longest), max(1, size[1] * 6 // longest))
        part = bare.crop((left, top, right, bottom)).resize(blocks, Image.Resampling.BOX)
        bare.paste(part.resize(size, Image.Resampling.NEAREST), (left, top))
    return _written(bare, form, {})


def _opened(data: bytes, name: str) -> Image.Image:
    """The picture, decoded far enough to know its size. Only the formats we keep are tried."""
    try:
        image = Image.open(io.BytesIO(data), formats=tuple(FORMATS))
    except Image.DecompressionBombWarning as error:
        raise _too_many_pixels() from error
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except _UNREADABLE as error:
        raise _no_picture(data, name) from error
    if image.width * image.height > MOST_PIXELS:
        raise _too_many_pixels()
    try:
        image.load()
    except _UNREADABLE as error:
        raise _damaged(name) from error
    return image


def _bare(image: Image.Image, form: str) -> Image.Image:
    """The pixels alone, in a mode the format can hold."""
    transparent = form != "JPEG" and (image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info)
    mode = "L" if image.mode in ("1", "L") else "RGBA" if transparent else "RGB"
    pixels = image.convert(mode)
    bare = Image.new(mode, pixels.size)
    bare.paste(pixels)
    return bare


def _written(bare: Image.Image, form: str, gps: dict[int, object]) -> Picture:
    exif = Image.Exif()
    if gps:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(gps)
        exif[ExifTags.IFD.GPSInfo] = exif.get_ifd(ExifTags.IFD.GPSInfo)
    out = io.BytesIO()
    bare.save(out, form, exif=exif.tobytes() if gps else b"", quality=88, **({"method": 4} if form == "WEBP" else {}))
    media_type, suffix = FORMATS[form]
    return Picture(out.getvalue(), media_type, suffix, bare.width, bare.height, _look(bare))


def _look(image: Image.Image) -> str:
    """A 64-bit difference print: 16 hex digits that survive being sent through a chat, which compresses anew. Empty for a
    picture of one tone, of which there are too many."""
    small = list(image.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes())
    bits = [small[9 * y + x] < small[9 * y + x + 1] for y in range(8) for x in range(8)]
    number = sum(bit << place for place, bit in enumerate(bits))
    return f"{number:016x}" if 8 <= sum(bits) <= 56 else ""


def _gps(image: Image.Image) -> dict[int, object]:
    """Where it was taken, if the picture says so."""
    found = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    kept = {tag: found[tag] for tag in _GPS_KEPT if tag in found}
    return kept if len(kept) == len(_GPS_KEPT) else {}


def position_of(data: bytes) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, of a picture whose sender kept them."""
    gps = _gps(_opened(data, ""))
    if not gps:
        return None

    def degrees(value: object, sign: object, negative: str) -> float:
        whole, minutes, seconds = (float(part) for part in value)  # type: ignore[attr-defined]
        return (whole + minutes / 60 + seconds / 3600) * (-1 if sign == negative else 1)

    return degrees(gps[2], gps[1], "S"), degrees(gps[4], gps[3], "W")


def _too_many_pixels() -> Invalid:
    return Invalid(_("This picture is too large to open safely. Please send it at a smaller size."), field="file")


def _damaged(name: str) -> Invalid:
    return Invalid(
        _("“%(name)s” ends in the middle or is damaged. Please send it again, or take a new photo.") % {"name": name},
        field="file",
    )


def _no_picture(data: bytes, name: str) -> Invalid:
    for mark, place, sentence in _OTHERS:
        if data[place : place + len(mark)] == mark:
            return Invalid(sentence, field="file")
    if b"\x00" not in data[:1024]:
        return Invalid(
            _("“%(name)s” holds text, not a picture. Please choose the photo itself.") % {"name": name}, field="file"
        )
    return Invalid(
        _("“%(name)s” is not a picture we can open. Please send a photo (JPEG, PNG, WebP) or a PDF.") % {"name": name},
        field="file",
    )
