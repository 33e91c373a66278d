"""Somebody's answers: the record, its file, log and signatures, and the rules it is judged by; knows rules, messages and files."""
