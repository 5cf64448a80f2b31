"""The district page, the page behind every number, and the catalogue of figures."""
