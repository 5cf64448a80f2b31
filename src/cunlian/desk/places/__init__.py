"""Villages and areas: the roster, one village, and the master data entered about them."""
