"""Step 6: what must hold of a finished volume."""
