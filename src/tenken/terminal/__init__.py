"""What is written to a terminal or a pipe, and the signals that come from one; knows messages and files."""
