"""The doors: HTTP, channels, API, console, workers and the command line."""
