"""An assessment as plain data for templates: every word ready to lay out, nothing left to decide."""
