"""What was given up: reactions and messages. Neither whom it was for nor what it said is a column."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_tables2 import Column

from cunlian.kernel.log import VERBS
from cunlian.kernel.models import Message, OutboxEntry
from cunlian.ui.tables import ListTable, NumberColumn, WorkColumn
from cunlian.ui.templatetags.ui import icon, moment_tag

CHANNELS = {"sms": _("Text message"), "email": _("E-mail")}
REACTIONS = {
    "tell_reporter": _("Tell whoever reported it"),
    "tell_wisher": _("Tell whoever asked about their data"),
    "tell_asker": _("Tell whoever asked for time"),
    "tell_ladder": _("Tell the next posts up that it is late"),
    "tell_moved": _("Tell that a day has moved"),
    "tell_doer": _("Tell whoever has to do it"),
    "tell_informed": _("Tell whoever is informed"),
    "tell_comer": _("Tell whoever would like to come home"),
    "tell_goer_along": _("Tell the post that went along home"),
    "tell_mentor": _("Tell the mentor's post"),
    "tell_applicant": _("Tell whoever applied as a partner"),
    "tell_giver": _("Tell whoever gave it"),
    "tell_named": _("Ask whoever is in the register of skills"),
}
"""What a reaction of ``flows/wiring.py`` does, in words; a name no longer wired stands as it is."""


class _Failures(ListTable):
    """``may_retry``: with a button that has a row tried again. It belongs to the page's one form, ``#again``."""

    retry = ""

    def __init__(self, *args: Any, may_retry: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if may_retry else ("works",), **kwargs)

    def render_try_at(self, value: Any) -> SafeString | str:
        return moment_tag(value)

    def render_works(self, record: Any) -> SafeString:
        return format_html(
            '<button class="btn btn-sm" form="again" formaction="{}">{}{}</button>',
            reverse(self.retry, args=[record.pk]), icon("refresh"), _now("Try again"),
        )  # fmt: skip


class ReactionTable(_Failures):
    rows_name = ngettext_lazy("%(n)s reaction", "%(n)s reactions", "total")
    retry = "desk:reaction_retry"

    reaction = Column(verbose_name=_("What failed"))
    after = Column(verbose_name=_("After"), orderable=False)
    attempts = NumberColumn(verbose_name=_("Tries"))
    try_at = Column(verbose_name=_("Last tried"))
    error = Column(verbose_name=_("Why"), orderable=False)
    works = WorkColumn()

    class Meta(ListTable.Meta):
        model = OutboxEntry
        fields = ("reaction", "after", "attempts", "try_at", "error", "works")
        empty_text = _("Steps that follow an action and failed stand here. None has failed.")

    def render_reaction(self, value: str) -> str:
        return str(REACTIONS.get(value, value))

    def render_after(self, value: str) -> str:
        return str(VERBS[value].label) if value in VERBS else value


class UnsentTable(_Failures):
    rows_name = ngettext_lazy("%(n)s message", "%(n)s messages", "total")
    retry = "desk:message_retry"

    channel = Column(verbose_name=_("Channel"))
    attempts = NumberColumn(verbose_name=_("Tries"))
    try_at = Column(verbose_name=_("Last tried"))
    error = Column(verbose_name=_("Why"), orderable=False)
    works = WorkColumn()

    class Meta(ListTable.Meta):
        model = Message
        fields = ("channel", "attempts", "try_at", "error", "works")
        empty_text = _("Messages that could not be sent stand here. All were sent.")

    def render_channel(self, value: str) -> str:
        return str(CHANNELS.get(value, value))
