"""Counties as in the journeys, to break something in."""

from tests.journeys.conftest import at_the_cable, county, platforms_home, pulled

__all__ = ["at_the_cable", "county", "platforms_home", "pulled"]
