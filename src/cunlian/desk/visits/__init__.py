"""Visits as service notes: who needs somebody to look in, one's own notes, writing one on a phone, what follows from it."""
