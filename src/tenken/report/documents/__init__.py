"""Documents that gaps ask for, drafted from the answers of a record."""
