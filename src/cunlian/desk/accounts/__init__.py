"""Accounts and keys for programs, and everybody's own account."""
