"""Findings in foreign formats, one small file each."""
