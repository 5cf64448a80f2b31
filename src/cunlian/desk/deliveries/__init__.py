"""What could not be delivered: reactions and messages given up after all tries, to be looked at and tried again."""
