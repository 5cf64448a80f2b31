"""Households and the persons in them, with consent, masking and a log of every look."""
