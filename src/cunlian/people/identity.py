"""Identity numbers (GB 11643-1999): what is one, and what it says about whoever has it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import mul

from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock
from cunlian.kernel.refusals import Invalid

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"
FIRST_YEAR = 1880
_WHOLE, _OLD = re.compile(r"\d{17}[\dX]", re.ASCII), re.compile(r"\d{15}", re.ASCII)
_GAPS = re.compile(r"[\s\-‐-―]")


@dataclass(frozen=True)
class Identity:
    """``number``: as it stands on the card, 18 places or the old 15. ``whole``: of 18 places always; one person, one."""

    number: str
    whole: str

    @property
    def is_old(self) -> bool:
        """Of 15 digits, without a check digit. They ended with 2012; papers still carry them."""
        return len(self.number) == 15

    @cached_property
    def born(self) -> date:
        return date(int(self.whole[6:10]), int(self.whole[10:12]), int(self.whole[12:14]))

    @property
    def gender(self) -> str:
        return "male" if int(self.whole[16]) % 2 else "female"


def check_digit(body: str) -> str:
    """The 18th place that belongs to the first 17."""
    return CHECK[sum(map(mul, map(int, body), WEIGHTS)) % 11]


def read_identity(text: str) -> Identity:
    """An identity number as people write it: full-width digits, spaces and a small x are read. Of 18 places the last proves
    the others; 15 digits prove nothing but a day that exists. Invalid with a sentence that says which of these is wrong."""
    number = text if _WHOLE.fullmatch(text) else _GAPS.sub("", unicodedata.normalize("NFKC", text)).upper()
    if _OLD.fullmatch(number):
        body = f"{number[:6]}19{number[6:]}"
        return _dated(Identity(number, body + check_digit(body)))
    if not _WHOLE.fullmatch(number):
        raise Invalid(_("An identity number has 18 places, an old one 15 digits. Please check."), field="id_number")
    if check_digit(number[:17]) != number[17]:
        raise Invalid(
            _("The last place does not fit the others: a digit is wrong or two changed places. Please check."),
            field="id_number",
        )
    return _dated(Identity(number, number))


def _dated(identity: Identity) -> Identity:
    try:
        born = identity.born
    except ValueError:
        born = None
    if born is None or born.year < FIRST_YEAR or born > clock.today():
        raise Invalid(_("The day of birth in this identity number does not exist. Please check."), field="id_number")
    return identity
