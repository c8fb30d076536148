"""Counties as in the journeys, to break something in, and a town whose workers are killed."""

from tests.faults.informing_scene import informing, scene, sender
from tests.journeys.conftest import at_the_cable, county, platforms_home, pulled

__all__ = ["at_the_cable", "county", "informing", "platforms_home", "pulled", "scene", "sender"]
