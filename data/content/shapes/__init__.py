"""How each sort of content file must look, and the record it becomes."""
