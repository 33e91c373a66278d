"""The sentences of the program itself, in the language in use, and how lines are broken; knows files only."""
