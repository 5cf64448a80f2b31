"""Refusals: the only way the product says no.

An action raises one; a door turns it into a sentence beside the field (HTML), a problem+json (API) or exit code 1 (CLI).
The sentence is written for the person who asked, in their language, and says what to do next.
"""

from typing import ClassVar

from django.utils.functional import Promise as LazyText

Text = str | LazyText


class Refusal(Exception):
    """The request is understood and not carried out; nothing was changed.

    ``sentence``: what the person reads. ``field``: the input it is about, if one. ``rule``: law or county rule, if one.
    """

    status: ClassVar[int] = 422
    code: ClassVar[str] = "refused"

    def __init__(self, sentence: Text, *, field: str = "", rule: Text = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.rule = rule

    def __str__(self) -> str:
        return str(self.sentence)


class Invalid(Refusal):
    """What was entered cannot be true or cannot be read."""

    code = "invalid"


class Forbidden(Refusal):
    """The person may see the record but not do this with it."""

    status = 403
    code = "forbidden"


class Missing(Refusal):
    """Absent, or not for this person: the two look alike on purpose."""

    status = 404
    code = "not-found"


class IllegalMove(Refusal):
    """The record is in a state from which this move does not start."""

    status = 409
    code = "illegal-move"


class Conflict(Refusal):
    """Somebody else changed the record first."""

    status = 409
    code = "conflict"


class TooMany(Refusal):
    """Asked too often; the sentence says when to come back."""

    status = 429
    code = "too-many"
