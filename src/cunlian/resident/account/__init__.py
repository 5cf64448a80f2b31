"""A resident's account: in by a code to the phone, and what is theirs."""
