"""Questions to a person until nothing open matters; writes no report and knows none."""
