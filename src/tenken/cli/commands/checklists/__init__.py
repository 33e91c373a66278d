"""One module for each command under `tenken checklists`."""
