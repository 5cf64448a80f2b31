"""The map service's map beneath the drawings of places, and its tiles, fetched by this server."""
