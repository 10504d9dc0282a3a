"""Compose the Document: the statutory grids filled with figures, between the narrative's passages."""
