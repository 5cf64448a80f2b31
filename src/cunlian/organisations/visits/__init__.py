"""Visits as service notes: who or what was visited, from which post, what was heard, what follows.

No proof is asked: no photo, no place on a map, no check-in; nothing here is counted per person (国办函〔2026〕12号). A note is
read by the post that wrote it and by the people it is about, and goes after a year.
"""
