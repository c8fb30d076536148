"""Pages of the safety code: who has left, who is marked, who appeals, what was reported."""
