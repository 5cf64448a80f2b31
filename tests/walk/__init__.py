"""The whole site as its links and forms make it, for tests that must hold on every page of it."""
