"""The register: households, houses and persons of any day, what is done with them, and files that may be of one person."""
