"""My trainings and certificates, and the check of a code by anybody."""

from __future__ import annotations

import pytest
from django.test import Client

from cunlian.kernel.access import SYSTEM
from cunlian.people.consent import give, withdraw
from cunlian.people.models import Consent
from cunlian.talent.learning import actions
from cunlian.talent.models import Certificate
from tests.cast import log_in
from tests.resident.site import Site
from tests.talent.learning.conftest import School

CHECK = "/public/certificates/"


@pytest.fixture
def certificate(site: Site) -> Certificate:
    """Of the resident, 张桂兰, who agreed."""
    school, person = School(site.cast), site.cast.world.persons["resident"]
    give(person, by=SYSTEM, purpose="learning", way="online")
    course = school.course("skills", title="茶叶修剪", certificate_hours=2)
    school.held(course, person)
    (made,) = actions.issue_certificates(course, by=SYSTEM)
    return made


def test_i_read_where_i_was_and_take_my_certificate_along(site: Site, certificate: Certificate) -> None:
    mine = log_in(Client(HTTP_ACCEPT_LANGUAGE="en"), site.cast.resident)
    page = mine.get("/mine/learning/").content.decode()
    assert "茶叶修剪" in page and certificate.shown_code in page
    assert "/mine/learning/" in mine.get("/mine/data/").content.decode()
    answer = mine.get(f"/mine/learning/{certificate.pk}.pdf")
    assert answer.content.startswith(b"%PDF") and answer["Cache-Control"] == "no-store"


def test_nobody_else_takes_it_along(site: Site, certificate: Certificate) -> None:
    assert Client().get(f"/mine/learning/{certificate.pk}.pdf").status_code == 302
    worker = log_in(Client(), site.cast.grid_worker)
    assert worker.get(f"/mine/learning/{certificate.pk}.pdf").status_code == 404
    assert "茶叶修剪" not in worker.get("/mine/learning/").content.decode()


def test_whoever_has_the_code_reads_initials_and_no_name(site: Site, certificate: Certificate) -> None:
    anybody = Client(HTTP_ACCEPT_LANGUAGE="en")
    answer = anybody.get(CHECK, {"code": certificate.shown_code.lower()}, follow=True)
    page = answer.content.decode()
    assert "ZGL" in page and "茶叶修剪" in page and "Valid" in page
    assert "张桂兰" not in page and "张*兰" not in page
    actions.revoke_certificate(certificate, by=SYSTEM, reason="学时算错")
    page = anybody.get(f"{CHECK}{certificate.code}/").content.decode()
    assert "Not valid" in page and "学时算错" not in page


def test_a_code_of_nobody_and_one_that_was_erased_look_alike(site: Site, certificate: Certificate) -> None:
    anybody = Client(HTTP_ACCEPT_LANGUAGE="en")
    strange = anybody.get(f"{CHECK}{'2' * 12}/")
    withdraw(Consent.objects.open().get(person=certificate.person), by=SYSTEM)
    gone = anybody.get(f"{CHECK}{certificate.code}/")
    assert (strange.status_code, gone.status_code) == (404, 404)
    assert "ZGL" not in gone.content.decode() and "No certificate has this code" in gone.content.decode()
    for text in ("", "<b>", "张" * 80):
        assert anybody.get(CHECK, {"code": text}).status_code == 200
