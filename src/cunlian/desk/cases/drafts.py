"""Files that come along with what somebody told: kept from the page they were chosen or pasted on until it is entered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import evidence
from cunlian.kernel.evidence import Draft
from cunlian.kernel.models import Evidence
from cunlian.kernel.refusals import Refusal
from cunlian.ui.forms import FilesField, FilesInput

MOST = 9
"""As many as a chat sends in one go."""


class DraftsForm(forms.Form):
    """``file``: chosen now; ``kept``: the signed word for those of the page before; ``along``: which of them to take. Taken
    in as soon as they are sent, so that a page in between or a mistake elsewhere loses none."""

    file = FilesField(
        label=_("Photos and papers"),
        required=False,
        help_text=_("Photos or PDFs, up to nine, up to 15 MB each. The position is taken out of photos."),
        widget=FilesInput(
            {
                "accept": "image/jpeg,image/png,image/webp,application/pdf",
                "data-pictures": _("You can also paste pictures here, one after the other."),
                "data-remove": _("Leave out"),
            }
        ),
        most=MOST,
        too_many=_("Up to nine, please. More can be added to the request afterwards."),
    )
    along = forms.MultipleChoiceField(label=_("Sent along already"), required=False)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lost: Refusal | None = None
        word = self.data.get("kept", "") if self.is_bound else self.initial.get("kept", "")
        try:
            self._offer(evidence.read_drafts(word))
        except Refusal as refusal:
            self._lost = refusal
            self._carry([])
        if not self.is_bound:
            self.initial["along"] = [str(draft.evidence.pk) for draft in self.drafts]

    def _offer(self, drafts: list[Draft]) -> None:
        self.drafts = drafts
        field = self.fields["along"]
        field.widget = forms.CheckboxSelectMultiple({"data-fresh": True}) if drafts else forms.MultipleHiddenInput()
        field.choices = [(str(draft.evidence.pk), draft.name) for draft in drafts]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Take in what was chosen now, and carry it: the form, drawn again, holds it among what is sent along."""
        values = super().clean() or self.cleaned_data
        if self._lost:
            self.add_error("file", str(self._lost.sentence))
        taken = [draft for draft in self.drafts if str(draft.evidence.pk) in values.get("along", ())]
        for upload in values.get("file") or ():
            try:
                kept = evidence.store(upload)
            except Refusal as refusal:
                self.add_error("file", str(refusal.sentence))
                continue
            if all(draft.evidence != kept for draft in taken):
                taken.append(Draft(kept, (upload.name or "")[:80]))
        if len(taken) > MOST:
            self.add_error("file", self.fields["file"].too_many)  # type: ignore[attr-defined]
        self._carry(taken)
        return values

    def _carry(self, drafts: list[Draft]) -> None:
        self._offer(drafts)
        if self.is_bound:
            data = QueryDict(mutable=True)
            data.update(self.data)
            data["kept"] = self.word
            data.setlist("along", [str(draft.evidence.pk) for draft in drafts])
            self.data = data

    @property
    def word(self) -> str:
        """For the next page's ``kept``."""
        return evidence.sign_drafts(self.drafts)

    @property
    def pictures(self) -> list[Evidence]:
        return [draft.evidence for draft in self.drafts]
