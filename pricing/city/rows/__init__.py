"""One frozen class for a row of each table; the annotation of a field says what its cell may be."""
