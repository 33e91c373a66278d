"""Somebody's answers: the record, its file, and the rules it is judged by; knows rules, messages and files."""
