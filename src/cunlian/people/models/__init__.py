"""Tables of people, by topic."""

from cunlian.people.models.circumstances import Circumstance, CircumstanceKind, PurposeViewer, Told
from cunlian.people.models.consent import Consent, ConsentForm, Purpose, PurposeText
from cunlian.people.models.households import (
    STANDING,
    House,
    Household,
    HouseholdSuccession,
    HouseholdVersion,
    HouseState,
    HouseUse,
)
from cunlian.people.models.imports import ColumnName, ImportLine, ImportTrace, RegisterImport
from cunlian.people.models.memberships import Absence, Membership, Relation
from cunlian.people.models.persons import VALUES, Person, PersonMerge, PersonPair, PersonVersion
from cunlian.people.models.requests import DataRequest

__all__ = [
    "Absence",
    "Circumstance",
    "CircumstanceKind",
    "ColumnName",
    "Consent",
    "ConsentForm",
    "DataRequest",
    "House",
    "HouseState",
    "HouseUse",
    "Household",
    "HouseholdSuccession",
    "HouseholdVersion",
    "ImportLine",
    "ImportTrace",
    "Membership",
    "Person",
    "PersonMerge",
    "PersonPair",
    "PersonVersion",
    "Purpose",
    "PurposeText",
    "PurposeViewer",
    "RegisterImport",
    "Relation",
    "STANDING",
    "Told",
    "VALUES",
]
