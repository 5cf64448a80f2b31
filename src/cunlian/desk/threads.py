"""The thread of a record as a page of the desk draws it."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from cunlian.kernel import threads
from cunlian.kernel.access import Actor
from cunlian.ui.pieces import ThreadStep


def thread_of(record: models.Model, actor: Actor) -> list[ThreadStep]:
    """What it came of, itself, and what came of it. Nothing when it hangs on nothing."""
    found = threads.with_lines(threads.chain(record, actor))
    if len(found) < 2:
        return []
    drawn = []
    for step in found:
        if step.line:
            here = step.direction == "here"
            url = reverse(step.line.url_name, args=[step.ref.id]) if step.line.url_name and not here else ""
            label, note = f"{step.line.place} {step.line.state}".strip(), _("This one") if here else ""
            drawn.append(ThreadStep(step.line.label, label, "here" if here else "done", step.line.day, url, note))
    return drawn
