"""Instructions and programmes at the desk."""
