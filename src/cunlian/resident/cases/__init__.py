"""Reporting, complaining, following a request."""
