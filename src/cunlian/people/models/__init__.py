"""Tables of people, by topic."""

from cunlian.people.models.consent import Consent, Purpose, PurposeText
from cunlian.people.models.households import Household
from cunlian.people.models.persons import Person

__all__ = ["Consent", "Household", "Person", "Purpose", "PurposeText"]
