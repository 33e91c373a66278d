"""Arguments in, files out, errors in plain words; knows every room, and reads the clock for all of them."""
