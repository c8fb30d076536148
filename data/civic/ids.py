"""Names that must not be mixed up, as types of their own."""

from typing import NewType

AreaCode = NewType("AreaCode", str)
"""A division code: 2 digits a province, 4 a city, 6 a county, 9 a town, 12 a village."""

IntentId = NewType("IntentId", str)
GuideId = NewType("GuideId", str)
BundleId = NewType("BundleId", str)
ReleaseId = NewType("ReleaseId", str)
"""The digest of a release's manifest and model: 64 hex digits."""

ConversationId = NewType("ConversationId", str)
"""`channel/account/user`: one citizen in one app of one platform."""

MessageId = NewType("MessageId", str)
"""What the platform calls a message, made unique: `channel/account/user/key`."""

DeliveryId = NewType("DeliveryId", str)
CaseNumber = NewType("CaseNumber", str)
TicketNumber = NewType("TicketNumber", str)
StaffId = NewType("StaffId", str)

NOT_OURS = IntentId("other")
"""The label of text that belongs to no intent; never an answer."""
