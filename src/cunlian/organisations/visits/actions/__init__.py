"""What is done with notes of visits."""

from cunlian.organisations.visits.actions.note import follow_up, note_visit
from cunlian.organisations.visits.actions.retention import erase_visits

__all__ = ["erase_visits", "follow_up", "note_visit"]
