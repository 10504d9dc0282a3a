"""The values that flow from stage to stage: frozen, typed, picklable, standard library only."""
