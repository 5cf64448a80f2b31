"""Drawing areas anew: proposals beside today's areas, worked out, put right by hand, adopted or dropped."""
