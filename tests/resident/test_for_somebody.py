"""Writing for a parent or a neighbour who cannot: their name, their phone, only with their consent, and nothing more."""

from __future__ import annotations

import re

from cunlian.cases.models import Case, Endorsement
from cunlian.kernel.ids import uuid7
from cunlian.kernel.models import Activity
from tests.cast import log_in
from tests.resident.site import PHONE, Site, Visitor, words

FOR_MOTHER = {"whom": "somebody", "name": "王大娘", "phone": PHONE, "agreed": "on"}


def test_it_is_recorded_as_written_on_their_behalf(site: Site, visitor: Visitor) -> None:
    case = Case.objects.get(receipt=visitor.send(site, **FOR_MOTHER))
    row = Activity.objects.get(object_id=case.pk, verb="cases.reported_for")
    assert case.reporter and case.reporter.name == "王大娘"
    assert (row.behalf_channel, row.changed) == ("proxy", {"agreed": [None, True]})


def test_name_and_phone_stay_only_with_their_consent(site: Site, visitor: Visitor) -> None:
    given = {"key": str(uuid7()), "text": "桥头的栏杆松了。", "place": site.village.code}
    html = visitor.post("/report/", 422, **given, **FOR_MOTHER | {"agreed": ""})
    assert 'id="id_agreed_error"' in html and 'value="王大娘"' in html
    assert not Case.objects.exists()


def test_without_name_and_phone_no_consent_is_needed(site: Site, visitor: Visitor) -> None:
    case = Case.objects.get(receipt=visitor.send(site, whom="somebody"))
    assert case.reporter is None
    assert Activity.objects.filter(object_id=case.pk, verb="cases.reported_for", behalf_channel="proxy").exists()


def test_nothing_of_whoever_writes_is_kept_with_it(site: Site, visitor: Visitor) -> None:
    """Logged in, they are neither the one who reported nor asked to be."""
    log_in(visitor.client, site.cast.resident)
    visitor.client.cookies["django_language"] = "en"
    case = Case.objects.get(receipt=visitor.send(site, **FOR_MOTHER))
    assert case.reporter and case.reporter.name == "王大娘"
    assert case.language == "", "the writer's language says nothing about the one who gets the messages"


def test_for_oneself_an_account_is_asked_nothing_even_if_something_is_sent(site: Site, visitor: Visitor) -> None:
    log_in(visitor.client, site.cast.resident)
    case = Case.objects.get(receipt=visitor.send(site, whom="myself", name="别人", phone=PHONE))
    assert case.reporter == site.cast.world.persons["resident"]
    assert Activity.objects.filter(object_id=case.pk, verb="cases.reported", behalf_channel="").exists()


def test_joining_for_somebody_asks_for_their_consent_too(site: Site, visitor: Visitor) -> None:
    site.report("前巷的路灯坏了两盏，晚上很黑。", category=site.lamp)
    given = {"key": str(uuid7()), "text": "前巷路灯坏了", "place": site.village.code} | FOR_MOTHER
    html = visitor.post("/report/", 200, **given)
    handle = re.findall(r'name="join" value="([0-9a-f]+)"', html)[0]
    kept = dict(re.findall(r'<input type="hidden" name="(whom|agreed|name)" value="([^"]*)"', html))
    assert kept == {"whom": "somebody", "agreed": "True", "name": "王大娘"}
    visitor.post("/report/", 422, **given | {"agreed": ""}, seen="on", join=handle)
    visitor.post("/report/", **given, seen="on", join=handle)
    joined = Endorsement.objects.get()
    assert joined.person and joined.person.name == "王大娘"
    assert Activity.objects.get(verb="cases.joined").behalf_channel == "proxy"


def test_the_form_has_labels_for_both(site: Site, visitor: Visitor) -> None:
    html = visitor.get("/report/?whom=somebody")
    assert re.search(r'value="somebody"[^>]* checked', html)
    label = re.search(r'<label for="id_name">(.*?)</label>', html, re.S)
    assert label and "mine" in label[1] and "theirs" in label[1]
    assert not re.search(r'value="somebody"[^>]* checked', visitor.get("/report/"))


def test_the_steps_say_that_somebody_wrote_it(site: Site, visitor: Visitor) -> None:
    receipt = visitor.send(site, **FOR_MOTHER)
    text = words(visitor.get(f"/r/{receipt}/"))
    assert "替您写的" in text and "系统" not in text


# --- the language of messages ---


def test_a_chosen_language_is_kept_with_the_request_and_chinese_is_not(site: Site, visitor: Visitor) -> None:
    assert Case.objects.get(receipt=visitor.send(site)).language == ""
    visitor.client.cookies["django_language"] = "zh-hans"
    assert Case.objects.get(receipt=visitor.send(site)).language == ""
    visitor.client.cookies["django_language"] = "en"
    assert Case.objects.get(receipt=visitor.send(site)).language == "en"
    visitor.client.cookies["django_language"] = "xx"
    assert Case.objects.get(receipt=visitor.send(site)).language == ""


def test_with_an_account_it_lies_there_and_not_with_the_request(site: Site, visitor: Visitor) -> None:
    log_in(visitor.client, site.cast.resident)
    visitor.post("/i18n/setlang/", language="en")
    case = Case.objects.get(receipt=visitor.send(site))
    site.cast.world.users["resident"].refresh_from_db()
    assert (case.language, site.cast.world.users["resident"].language) == ("", "en")
