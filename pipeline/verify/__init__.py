"""Read a rendition back and compare it with the Document, cell by cell."""
