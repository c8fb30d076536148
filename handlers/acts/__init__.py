"""What may be done: one act a file; chat, API, console and command line all call these."""
