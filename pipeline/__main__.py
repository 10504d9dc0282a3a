"""``python -m pipeline``: the program where its script is not at hand."""

from pipeline.cli import main

main()
