"""Places of the national list, their codes through time, the district's roster, areas, grids, profiles."""
