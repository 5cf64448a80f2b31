"""The QR card at the door of a house: sheets to print and cut."""
