"""SQLite whose writers queue; Django finds the backend in ``base``."""
