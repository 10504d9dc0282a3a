"""Renderers: one Document in, one Rendition's bytes out."""
