"""The JSON API: for citizens' mini-programs and for staff's own programs."""
