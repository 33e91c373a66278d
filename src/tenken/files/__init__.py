"""Files and what is in them, whatever it means: read strictly, written durably, kept; knows no word of ours."""
