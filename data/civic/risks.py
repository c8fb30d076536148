"""Why somebody is on a roster: the closed list of risks that warnings and orders name."""

from enum import StrEnum


class RiskTag(StrEnum):
    """A class of people to be warned or moved.

    Source: the classes of Zhejiang's lists: its emergency department on Pingyang (2020-07-17), and
    the transfer order of Wenzhou (2022-09-03).
    """

    LIVING_ALONE = "living_alone"
    DANGEROUS_HOUSE = "dangerous_house"
    LOW_LYING = "low_lying"
    GEOLOGICAL_POINT = "geological_point"
    FLASH_FLOOD = "flash_flood"
    OUTSIDE_SEA_WALL = "outside_sea_wall"
    SHIP = "ship"
    MARINE_FARM = "marine_farm"
    FARM_INN = "farm_inn"
    SITE_SHED = "site_shed"
    WIDENED = "widened"
    """Added for a time by a decision of the county; the entry deletes itself."""
