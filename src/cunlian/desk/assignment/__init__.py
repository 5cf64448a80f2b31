"""Who takes what: a proposal for the draft of a yearly list, beside its lines, changed by hand and confirmed."""
