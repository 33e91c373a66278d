"""The law as checklists write it: conditions, requirements, translations, crosswalks; knows files only."""
