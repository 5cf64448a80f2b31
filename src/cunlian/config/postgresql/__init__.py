"""PostgreSQL that keeps plans; Django finds the backend in ``base``."""
