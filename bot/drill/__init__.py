"""The drill: a made-up county is warned through simulated platforms, in time that is given."""
