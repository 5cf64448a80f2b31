"""What can be done to places, by topic."""
