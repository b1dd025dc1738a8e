"""Forms in which results leave the program, one file a form."""
