"""The residents' door: mobile first, no account needed, every page works without scripts."""
