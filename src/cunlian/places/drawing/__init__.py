"""Drawing areas anew: a proposal of n areas over the villages of a place, worked out by a solver, put right by hand, laid
before those who decide, and adopted by people as a dated overlay. Nothing that was is rewritten."""
