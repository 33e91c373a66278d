"""One module for each command, imported when that command is asked for.

They do without `from __future__ import annotations`: Typer would compile the annotations of a command four times.
"""
