"""Telling those who would like to come home, or to be a partner, of the steps that concern them: by text message, in the
language they chose, to whoever left a phone, never what was noted about them. Where somebody's death ended what a post went
along with, that post hears it, and nobody else."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cunlian.flows.notify import PAGES, holders_seeing, language_of, receipt_text, write_to
from cunlian.kernel import messages
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Text
from cunlian.kernel.secrets import decrypt
from cunlian.organisations.models import Post
from cunlian.people.models import Person
from cunlian.talent.mentoring.promises import owing
from cunlian.talent.models import Application, Homecoming, Mentoring, StopReason


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
    if person is None or not person.can_be_told:
        return
    link = f"{settings.PUBLIC_URL}/follow/?receipt={receipt}"
    text = body % {"number": receipt_text(receipt), "link": link}
    messages.queue(f"{activity.id}:{person.pk}:{receipt}", "sms", decrypt(person.phone), "", text, about=about)


def tell_comer(activity: Activity) -> None:
    """One message a step to whoever would like to come home; nobody once name and phone are erased, or when they died."""
    path = Homecoming.objects.select_related("person__user").filter(pk=activity.object_id).first()
    if path and path.person and path.stop_reason != StopReason.DIED:
        with translation.override(language_of(path.person.user, path.language)):
            _tell(activity, path, path.person, path.receipt, _home_text(activity.verb))


def tell_applicant(activity: Activity) -> None:
    """One message a step to whoever applied as a partner."""
    sent = Application.objects.select_related("person__user").filter(pk=activity.object_id).first()
    if sent and sent.person:
        with translation.override(language_of(sent.person.user, sent.language)):
            _tell(activity, sent, sent.person, sent.receipt, _partner_text(activity.verb))


def tell_goer_along(activity: Activity) -> None:
    """The person's death ended the path: not somebody who then would hear of what they did themself."""
    path = Homecoming.objects.select_related("holder__organisation").filter(pk=activity.object_id).first()
    if path and path.holder and path.stop_reason == StopReason.DIED and activity.actor_kind == SYSTEM.kind:
        _tell_post(path.holder, path, activity, gettext_lazy("A path home has ended"))


def tell_mentor(activity: Activity) -> None:
    """A death ended the mentoring: the post that mentors hears it, else the one that answers for the village."""
    one = Mentoring.objects.for_list().filter(pk=activity.object_id).first()
    if one and activity.changed["reason"][1] == Person.Gone.DIED and (post := owing(one)):
        _tell_post(post, one, activity, gettext_lazy("A mentoring has ended"))


def _tell_post(post: Post, about: Homecoming | Mentoring, activity: Activity, subject: Text) -> None:
    """Without a name: that stands on the page."""
    body = gettext_lazy("Somebody has died, and nothing is owed there any more: %(link)s")
    write_to(holders_seeing(post, about.KIND, about.pk), activity, subject, body, f"{PAGES[about.KIND]}/{about.pk}")
