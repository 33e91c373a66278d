"""Somebody's answers: the record, its file, log and signatures, and its rules; knows rules, messages and files."""
