"""Coming home, at the residents' door: tell it with or without an account, see where it stands, take it back."""
