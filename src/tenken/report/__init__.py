"""Findings as files for others: HTML, Markdown, JSON and more; asks nothing and knows no interview."""
