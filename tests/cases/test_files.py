"""Photos of a case: who adds them, what is taken out of them, and that a made-up one is told apart."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cunlian.cases import actions
from cunlian.kernel.models import Attachment
from cunlian.kernel.refusals import Forbidden, Invalid
from tests.cases.conftest import Desk

pytestmark = pytest.mark.django_db


def _photo() -> SimpleUploadedFile:
    data = BytesIO()
    Image.effect_noise((64, 48), 60).convert("RGB").save(data, "JPEG")
    return SimpleUploadedFile("渠.jpg", data.getvalue(), "image/jpeg")


def test_whoever_holds_the_case_adds_a_photo_and_blurs_part_of_it(desk: Desk) -> None:
    case = desk.report()
    keeper = desk.keeper(case)
    added = actions.attach_file(case, by=keeper, file=_photo(), caption="垮塌段")
    blurred = actions.blur_file(case, by=keeper, attachment=added, boxes=[(4, 4, 20, 20)])
    assert blurred.evidence_id != added.evidence_id
    assert Attachment.objects.filter(about_id=case.pk).count() == 2


def test_the_person_adds_one_by_receipt_and_a_stranger_does_not(desk: Desk) -> None:
    case = desk.report()
    actions.attach_file(case, by=desk.person(case), file=_photo())
    with pytest.raises(Forbidden):
        actions.attach_file(case, by=desk.cast.anonymous, file=_photo())


def test_a_text_called_jpg_is_refused_and_nothing_is_kept(desk: Desk) -> None:
    case = desk.report()
    with pytest.raises(Invalid):
        actions.attach_file(case, by=desk.keeper(case), file=SimpleUploadedFile("a.jpg", b"hello", "image/jpeg"))
    assert not Attachment.objects.exists()
