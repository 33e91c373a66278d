"""Templates of somebody's own, which extend ours: rendered in a process that has only its memory and its time."""
