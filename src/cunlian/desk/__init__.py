"""The staff site: a thin door. Each page reads what its viewer may see, calls one action, and shows the result."""
