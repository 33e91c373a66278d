"""One module for each command under `tenken checklists`, imported when that command is asked for."""
