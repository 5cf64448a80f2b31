"""Calls for partners, at the residents' door: read and answered by anybody, followed by receipt."""
