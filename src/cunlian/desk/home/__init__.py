"""The workbench and the search: what waits for the viewer, and the way to everything else."""
