"""Demonstration districts, built only through actions and flows. Every person and number in them is invented."""
