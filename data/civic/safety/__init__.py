"""Who lives where at which risk, who answers for them, and how they come to safety."""
