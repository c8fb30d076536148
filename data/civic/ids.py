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
DraftId = NewType("DraftId", str)
GroupId = NewType("GroupId", str)
"""Questions of one gist: 16 hex digits."""

FeedId = NewType("FeedId", str)
"""What a feed of warnings is called: its name in the accounts file."""

ArrivalId = NewType("ArrivalId", str)
"""`feed/digest`: one body that a feed brought, byte for byte."""

SignalId = NewType("SignalId", str)
"""`feed/identifier`: one warning, by the message that began it."""

EventId = NewType("EventId", str)
DecisionId = NewType("DecisionId", str)
ResponseId = NewType("ResponseId", str)
OrderId = NewType("OrderId", str)
ReturnId = NewType("ReturnId", str)
NoticeId = NewType("NoticeId", str)
"""Of an event and all that is decided in it; what begins with `drill-` belongs to a drill."""

DutyCallId = NewType("DutyCallId", str)
"""`kind/subject`: one thing that the duty officer is called for."""

ShiftId = NewType("ShiftId", str)

PersonId = NewType("PersonId", int)
"""A random handle of 40 bits, above 0: the only name of a person in logs, audit and backups."""

HouseholdId = NewType("HouseholdId", int)
"""A random handle of 40 bits, above 0."""

GridId = NewType("GridId", str)
WorkerId = NewType("WorkerId", str)
"""A grid worker, who need not have an account of staff."""

StepId = NewType("StepId", str)
"""One record of where somebody is: a scan's own id, or a fresh one."""

ShelterId = NewType("ShelterId", str)
ScanId = NewType("ScanId", str)
"""Made by the device that scanned, so that what is sent twice is one scan."""

MarkId = NewType("MarkId", str)
MarkListId = NewType("MarkListId", str)
AppealId = NewType("AppealId", str)
HazardId = NewType("HazardId", str)

NOT_OURS = IntentId("other")
"""The label of text that belongs to no intent; never an answer."""
