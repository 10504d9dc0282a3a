"""The doctor: is the program whole, which fonts can it use, is the year's folder in order."""
