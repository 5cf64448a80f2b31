"""Telling those who would like to come home, or to be a partner, of the steps that concern them: by text message, in the
language they chose, to whoever left a phone, never what was noted about them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from cunlian.flows.notify import language_of, receipt_text
from cunlian.kernel import messages
from cunlian.kernel.models import Activity
from cunlian.kernel.secrets import decrypt
from cunlian.people.models import Person
from cunlian.talent.models import Application, Homecoming


def _home_text(verb: str) -> str:
    texts = {
        "coming_home.begun": _(
            "We have your word that you would like to come, receipt %(number)s. Follow it: %(link)s"
        ),
        "coming_home.begun_for": _("It was entered for you that you would like to come, receipt %(number)s: %(link)s"),
        "coming_home.support_decided": _("Your support is decided, receipt %(number)s. Read it: %(link)s"),
        "coming_home.stopped": _("Your way home, receipt %(number)s, goes no further. Read why: %(link)s"),
    }
    return texts[verb]


def _partner_text(verb: str) -> str:
    texts = {
        "partners.applied": _("We have your application, receipt %(number)s. Follow it: %(link)s"),
        "partners.applied_for": _("An application was entered for you, receipt %(number)s: %(link)s"),
        "partners.taken": _("Your application %(number)s is taken. Read the answer: %(link)s"),
        "partners.not_taken": _("Your application %(number)s was not taken. Read the answer: %(link)s"),
    }
    return texts[verb]


def _tell(activity: Activity, about: models.Model, person: Person | None, receipt: str, body: str) -> None:
    if person is None or not person.phone:
        return
    link = f"{settings.PUBLIC_URL}/follow/?receipt={receipt}"
    text = body % {"number": receipt_text(receipt), "link": link}
    messages.queue(f"{activity.id}:{person.pk}:{receipt}", "sms", decrypt(person.phone), "", text, about=about)


def tell_comer(activity: Activity) -> None:
    """One message a step to whoever would like to come home; nobody once name and phone are erased."""
    path = Homecoming.objects.select_related("person__user").filter(pk=activity.object_id).first()
    if path and path.person:
        with translation.override(language_of(path.person.user, path.language)):
            _tell(activity, path, path.person, path.receipt, _home_text(activity.verb))


def tell_applicant(activity: Activity) -> None:
    """One message a step to whoever applied as a partner."""
    sent = Application.objects.select_related("person__user").filter(pk=activity.object_id).first()
    if sent and sent.person:
        with translation.override(language_of(sent.person.user, sent.language)):
            _tell(activity, sent, sent.person, sent.receipt, _partner_text(activity.verb))
