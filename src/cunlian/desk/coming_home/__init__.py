"""Those who come home at the desk: the paths and their steps, entering for somebody, the gatherings of those away."""
