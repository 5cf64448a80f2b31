"""What each move of a dispute asks for. The names of the fields are those of the action's arguments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cunlian.cases.disputes.messages import NO_WAY_TOLD, OTHER_WAYS
from cunlian.cases.disputes.models import Agreement, Dispute, Party
from cunlian.desk.acting import DayField
from cunlian.desk.cases.choices import keyed, post_label
from cunlian.desk.cases.forms import words
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Text
from cunlian.organisations.models import Post


class MoveForm(forms.Form):
    def __init__(self, *args: Any, dispute: Dispute, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dispute, self.actor = dispute, actor
        self.fill()

    def fill(self) -> None:
        """Put in what depends on the dispute."""

    def sides(self, parties: list[Party]) -> list[tuple[str, Text]]:
        line = _("%(side)s: %(who)s")
        return [(party.side, line % {"side": party.get_side_display(), "who": party}) for party in parties]


class NothingMore(MoveForm):
    """The press says it all."""


class ConsentForm(MoveForm):
    side = forms.ChoiceField(label=_("Who agrees"), widget=forms.RadioSelect)
    how = forms.ChoiceField(label=_("How they said yes"), choices=Party.How, widget=forms.RadioSelect)

    def fill(self) -> None:
        waiting = [party for party in self.dispute.parties.all() if party.consented_at is None]
        self.fields["side"].choices = self.sides(waiting)  # type: ignore[attr-defined]
        if len(waiting) == 1:
            self.fields["side"].initial = waiting[0].side


class MediatorForm(MoveForm):
    mediator = forms.ChoiceField(
        label=_("Mediator"), help_text=_("Both sides may say whom they want. Nobody who is a side can be chosen.")
    )

    def fill(self) -> None:
        seats = self.dispute.body.members.on(clock.today()).filter(post__isnull=False).values("post")
        found = Post.objects.visible_to(self.actor).filter(pk__in=seats)
        posts = found.for_list().with_holders()
        self.posts = keyed(post for post in posts if post.pk != self.dispute.mediator_id)
        if not self.posts:
            self.fields["mediator"].help_text = _("No other post sits in this body. The township enters its members.")
        self.fields["mediator"].choices = [("", ""), *((key, _with_name(p)) for key, p in self.posts.items())]  # type: ignore[attr-defined]

    def clean_mediator(self) -> Post:
        post: Post = self.posts[self.cleaned_data["mediator"]]
        return post


def _with_name(post: Post) -> str:
    running = getattr(post, "running_postings", [])
    return f"{post.organisation} {post_label(post)} {running[0].person.name if running else ''}".strip()


def _present(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=99, initial=1, widget=forms.NumberInput({"inputmode": "numeric"})
    )


class SessionForm(MoveForm):
    held_on = DayField(label=_("Day"))
    place_text = forms.CharField(label=_("Where"), required=False, max_length=100)
    present_a = _present(_("How many came of one side"))
    present_b = _present(_("How many came of the other side"))
    outcome = words(
        _("How far they came"), required=False, hint=_("Kept sealed; the mediators and auditors read it."), rows=3
    )


class AgreeForm(MoveForm):
    form = forms.ChoiceField(
        label=_("Form of the agreement"), choices=Agreement.Form, widget=forms.RadioSelect, initial="written"
    )
    terms = words(
        _("What both agreed on"),
        hint=_("Who does what, how and by when. A word given binds as much as a paper."),
        rows=6,
        most=3000,
    )
    effective_on = DayField(label=_("Takes effect on"), help_text=_("The day of the signatures, or of the word given."))
    due_on = DayField(label=_("To be performed by"), required=False, help_text=_("Empty: done on the spot."))


class ConfirmForm(MoveForm):
    applied_on = DayField(label=_("Both sides asked the court on"))
    confirmed_on = DayField(label=_("The court confirmed on"))
    number = forms.CharField(label=_("Number of the court's decision"), max_length=60)


class NoteForm(MoveForm):
    side = forms.ChoiceField(label=_("Which side told you"), widget=forms.RadioSelect)
    text = words(
        _("Words of the note"),
        hint=_("Sealed. Only the mediators of this body read it, never an office or an auditor."),
    )

    def fill(self) -> None:
        self.fields["side"].choices = self.sides(list(self.dispute.parties.all()))  # type: ignore[attr-defined]


class WaysForm(MoveForm):
    ways = forms.MultipleChoiceField(
        label=_("Which other ways you told both sides of"),
        choices=list(OTHER_WAYS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NO_WAY_TOLD},
        help_text=_("The court stands open to both in any case (People's Mediation Law, Art. 26)."),
    )


class RefuseForm(WaysForm):
    side = forms.ChoiceField(label=_("Who refuses"), widget=forms.RadioSelect)

    field_order = ("side", "ways")

    def fill(self) -> None:
        self.fields["side"].choices = self.sides(list(self.dispute.parties.all()))  # type: ignore[attr-defined]
