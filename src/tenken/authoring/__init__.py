"""Help for those who write rules: mistakes, scenarios, coverage, schemas; may know every room but the command line."""
