"""A wish about one's own data goes to the first office up the chain that may decide on it; the person hears of the answer."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cunlian.flows.notify import language_of
from cunlian.kernel import clock, messages
from cunlian.kernel.access import Actor
from cunlian.kernel.models import Activity
from cunlian.kernel.secrets import decrypt
from cunlian.organisations.chain import chain_for
from cunlian.people.consent.requests import ask_request
from cunlian.people.models import DataRequest, Person
from cunlian.people.models.requests import DECIDERS


@transaction.atomic
def ask_about_data(person: Person, *, by: Actor, wish: str, words: str = "") -> DataRequest:
    """As ``people.consent.requests.ask_request``, owed by the post that answers for the person's village."""
    return ask_request(person, by=by, wish=wish, words=words, owner_id=_office(person))


def tell_wisher(activity: Activity) -> None:
    """A text message that the answer is there, not what it says: a phone is read by others too. Whoever was deleted has
    no phone left here to be told by, and was told when they asked."""
    asked = DataRequest.objects.select_related("person__user").filter(pk=activity.object_id).first()
    if asked is None or not asked.person.can_be_told:
        return
    with translation.override(language_of(asked.person.user)):
        body = _("What you asked about your data is answered. Read it here: %(link)s") % {
            "link": f"{settings.PUBLIC_URL}/mine/data/"
        }
    key = f"{activity.id}:{asked.person_id}"
    messages.queue(key, "sms", decrypt(asked.person.phone), "", body, about=asked)


def _office(person: Person) -> UUID | None:
    if person.place is None:
        return None
    chain = chain_for(person.place, clock.today())
    return next((link.post.pk for link in chain if link.post and link.holder and link.post.role in DECIDERS), None)
