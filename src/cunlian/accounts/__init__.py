"""Log-in, users, roles given by hand, and keys for programs."""
