"""Instructions and programmes."""
