"""Policy instruments: one file each, a short life story that files requests and proposes levers."""
