"""The law as data: load the form files and the catalogues that stand in templates/."""
