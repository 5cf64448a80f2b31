"""Posts and duties: who answers where on any day, where nobody does, and the units and posts behind it."""
