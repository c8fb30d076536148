"""Pages of warnings: what is in force, what the county decides, who is informed, and rosters."""
