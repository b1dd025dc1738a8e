"""The model's equations: pure, clockless functions, arrays in and arrays out."""
