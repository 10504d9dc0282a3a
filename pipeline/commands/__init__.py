"""The commands, by what they do to a year: make it, ask about it, settle something in it."""
