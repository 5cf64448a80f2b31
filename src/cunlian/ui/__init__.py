"""Components of the pages, and one page that shows them all. Imported by the doors only."""
