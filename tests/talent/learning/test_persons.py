"""What becomes of training when a person is erased, merged, or takes their consent back; and certificates."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.holdings import tell
from cunlian.kernel.models import Look
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid
from cunlian.people.actions import erase_person, merge_persons
from cunlian.people.consent import withdraw
from cunlian.people.consent.retention import forget_ended
from cunlian.people.models import Consent
from cunlian.talent.learning import actions
from cunlian.talent.learning.certificates import check, read_code
from cunlian.talent.models import Attendance, Certificate
from tests.talent.learning.conftest import School
from tests.talent.learning.test_figures import value


def _certified(school: School) -> Certificate:
    course = school.course(certificate_hours=4)
    farmer = school.farmer("张桂兰")
    for days in (20, 10):
        school.held(course, farmer, days_ago=days, hours=2)
    (made,) = actions.issue_certificates(course, by=school.cast.township_staff)
    return made


def test_of_an_erased_person_the_person_time_stays_and_the_name_goes(school: School) -> None:
    certificate = _certified(school)
    erase_person(certificate.person, by=SYSTEM)
    assert (value("training_person_time_count"), value("training_person_count")) == (2, 0)
    assert not Attendance.objects.exclude(person=None).exists()
    assert check(certificate.code) is None


def test_two_files_of_one_person_came_to_a_session_once(school: School) -> None:
    one, other = school.farmer("赵满仓"), school.farmer("赵满仓")
    course = school.course()
    school.held(course, one, other, days_ago=20)
    school.held(course, other, days_ago=10)
    assert (value("training_person_time_count"), value("training_person_count")) == (3, 2)
    merge_persons(other, by=SYSTEM, into=one)
    assert (value("training_person_time_count"), value("training_person_count")) == (2, 1)
    assert not Attendance.objects.filter(person=other).exists()


def test_what_was_kept_by_consent_goes_with_it_and_what_a_post_did_stays(school: School) -> None:
    certificate = _certified(school)
    school.held(None, school.cadre())
    withdraw(Consent.objects.open().get(person=certificate.person), by=SYSTEM)
    assert check(certificate.code) is None
    assert not Certificate.objects.visible_to(school.cast.township_staff).exists()
    forget_ended(clock.now() + timedelta(hours=1))
    assert not Certificate.objects.exists()
    assert Attendance.objects.exclude(person=None).get().person == school.cadre()
    assert value("training_person_time_count") == 3


def test_whoever_attended_enough_hours_gets_one_certificate(school: School) -> None:
    certificate = _certified(school)
    course = certificate.course
    school.held(course, school.farmer("钱有粮"), hours=2)
    with pytest.raises(Conflict):
        actions.issue_certificates(course, by=SYSTEM)
    assert (certificate.hours, certificate.by_consent, len(certificate.code)) == (4, True, 12)
    with pytest.raises(Conflict):
        actions.issue_certificates(school.course(), by=SYSTEM)
    with pytest.raises(Forbidden):
        actions.issue_certificates(course, by=school.cast.village_cadre)


def test_a_certificate_taken_back_is_not_valid_and_another_one_can_be_issued(school: School) -> None:
    certificate = _certified(school)
    by = school.cast.township_staff
    found = check(certificate.code)
    assert found and found.valid and found.initials == "ZGL"
    with pytest.raises(Invalid):
        actions.revoke_certificate(certificate, by=by, reason=" ")
    actions.revoke_certificate(certificate, by=by, reason="学时算错了")
    again = check(certificate.code)
    assert again and not again.valid
    with pytest.raises(Conflict):
        actions.revoke_certificate(certificate, by=by, reason="学时算错了")
    (new,) = actions.issue_certificates(certificate.course, by=by)
    assert new.code != certificate.code


def test_a_code_is_read_however_it_is_written(school: School) -> None:
    code = _certified(school).code
    spaced = f" {code[:4].lower()}-{code[4:8]} {code[8:]} "
    assert read_code(spaced) == code
    assert check(spaced) is not None
    assert check("O0I1") is check("") is check("x" * 500) is None


def test_who_prints_a_certificate_has_looked_at_the_name(school: School) -> None:
    certificate = _certified(school)
    actions.print_certificate(certificate, by=school.cast.township_staff)
    assert Look.objects.get(person_id=certificate.person_id).fields == "name"
    with pytest.raises(Forbidden):
        actions.print_certificate(certificate, by=school.cast.stranger)


def test_the_person_reads_where_they_were_and_what_they_got(school: School) -> None:
    certificate = _certified(school)
    kinds = [held.kind for held in tell(certificate.person_id)]
    assert (kinds.count("training_attendance"), kinds.count("certificate")) == (2, 1)
