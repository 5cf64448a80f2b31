"""“This burdens me”: a word to the county's office from any page, with a clock for the reply."""
