"""The published seals of the log: what anybody may keep, to see later whether the log is what it was."""
