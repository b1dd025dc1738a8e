"""What a run leaves behind: the durable store, its manifest, and the tables read back from it."""
