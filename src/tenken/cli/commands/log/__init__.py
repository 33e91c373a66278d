"""One module for each command under `tenken log`, imported when that command is asked for."""
