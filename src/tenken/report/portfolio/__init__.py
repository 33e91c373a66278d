"""Many systems in one view: rows as they come for other programs, and one page for people."""
