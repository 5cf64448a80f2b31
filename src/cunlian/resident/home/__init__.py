"""The first page, the choice of a village, the notices."""
