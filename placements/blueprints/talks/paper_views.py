"""A talk on paper: empty, to be filled in with a pen, or as it was written."""
