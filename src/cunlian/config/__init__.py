"""Settings, addresses and start-up. Imports everything, imported by nothing."""
