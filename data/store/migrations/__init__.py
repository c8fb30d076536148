"""Changes to what is stored, in order: one module a step, each with a repeatable `apply`."""
