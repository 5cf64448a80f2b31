"""Consent: who agreed to what is kept about them, for which purpose, having read which words.

Whoever keeps something for a purpose asks ``holds`` each time before it is shown: what lost its basis is hidden at once and
erased by the retention job (``retention.add_kept``).
"""

from cunlian.people.consent.actions import give, look_at_form, print_forms, withdraw
from cunlian.people.consent.purposes import add_purpose, purpose_of
from cunlian.people.consent.questions import holds, is_child

__all__ = [
    "add_purpose", "give", "holds", "is_child", "look_at_form", "print_forms", "purpose_of", "withdraw",
]  # fmt: skip
