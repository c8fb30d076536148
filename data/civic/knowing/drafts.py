"""Drafts: edited files on top of a release, from the first word to the signatures."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from data.civic.errors import BadInput, Conflict, Refused
from data.civic.ids import DraftId, ReleaseId, StaffId
from data.civic.knowing.draft_parts import Edit, Remark, Signature


class DraftState(StrEnum):
    """Where a draft stands."""

    OPEN = "open"
    """拟稿: it may be edited."""
    SUBMITTED = "submitted"
    """待审核: it waits for signatures, and nobody changes it."""
    APPROVED = "approved"
    """待发布: it is signed, and waits for its time."""
    PUBLISHING = "publishing"
    """发布中: it is trained and asked the golden questions."""
    PUBLISHED = "published"
    FAILED = "failed"
    """发布失败: `problem` says why; nothing is lost."""
    WITHDRAWN = "withdrawn"
    """撤回: laid aside; it can be opened again."""


LIVE = (
    DraftState.OPEN,
    DraftState.SUBMITTED,
    DraftState.APPROVED,
    DraftState.PUBLISHING,
    DraftState.FAILED,
)
"""The states from which a draft may still be published."""


class Lane(StrEnum):
    """Which way a draft takes to the citizens."""

    ORDINARY = "ordinary"
    EMERGENCY = "emergency"
    """应急: two signatures of any department, at once, also while publishing is frozen."""


class EditedMeanwhile(Conflict):
    """Somebody else changed the file since it was shown; `edit` is None where it was undone."""

    def __init__(self, path: str, edit: Edit | None) -> None:
        who = f"by {edit.by} at {edit.at:%Y-%m-%d %H:%M} UTC" if edit else "back to the release"
        super().__init__(f"{path} was changed {who} since you opened it: look at it again")
        self.path = path
        self.edit = edit


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Edited files on top of a base release.

    Every move raises `Conflict` where its state forbids it.
    """

    id: DraftId
    title: str
    """What it is about; empty: nobody has said."""
    base: ReleaseId
    created_by: StaffId
    created_at: datetime
    changed_at: datetime
    state: DraftState = DraftState.OPEN
    lane: Lane = Lane.ORDINARY
    edits: Mapping[str, Edit] = field(default_factory=dict)
    """Path → what was made of it."""
    editors: frozenset[StaffId] = frozenset()
    """Everybody who ever changed a file of it, also what another changed again."""
    submitted_by: StaffId | None = None
    signatures: tuple[Signature, ...] = ()
    publish_at: datetime | None = None
    """Not before then; None: as soon as it is signed."""
    release: ReleaseId | None = None
    """What it became."""
    problem: str = ""
    """Why it could not be published."""
    progress: float = 0.0
    """How far publishing has come: 0 to 1."""
    remarks: tuple[Remark, ...] = ()
    version: int = 0
    """Counted by the store."""

    @property
    def content(self) -> str:
        """Digest all edits: what is signed."""
        lines = [f"{path} {edit.digest or '-'}" for path, edit in sorted(self.edits.items())]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    @property
    def authors(self) -> frozenset[StaffId]:
        """Name everybody who may not sign it: who made, changed or submitted it."""
        handed_in = {self.submitted_by} if self.submitted_by else set[StaffId]()
        return self.editors | {self.created_by} | handed_in

    def standing(self, path: str, base_digest: str) -> str:
        """Tell the digest of a file as it is now in this draft; empty: it is not there."""
        edit = self.edits.get(path)
        return base_digest if edit is None else edit.digest or ""

    def edited(
        self, path: str, digest: str | None, *, base: str, seen: str, by: StaffId, at: datetime
    ) -> "Draft":
        """Change a file, or remove it; what equals the base release is no edit any more.

        Idempotent: what stands already changes nothing. Any change voids the signatures.

        Raises:
            EditedMeanwhile: `seen` is not what stands.
            Conflict: the draft is not open.
        """
        self._must_be(DraftState.OPEN)
        standing = self.standing(path, base)
        if (digest or "") == standing:
            return self
        if seen != standing:
            raise EditedMeanwhile(path, self.edits.get(path))
        edits = {key: edit for key, edit in self.edits.items() if key != path}
        if (digest or "") != base:
            edits[path] = Edit(digest=digest, base=base, by=by, at=at)
        return replace(self, edits=edits, editors=self.editors | {by}, signatures=(), changed_at=at)

    def titled(self, title: str, at: datetime) -> "Draft":
        """Say what it is about."""
        self._must_be(DraftState.OPEN)
        return self if title == self.title else replace(self, title=title, changed_at=at)

    def submit(self, *, by: StaffId, lane: Lane, at: datetime) -> "Draft":
        """Hand it in for signatures.

        Raises:
            BadInput: nothing is changed in it.
        """
        self._must_be(DraftState.OPEN)
        if not self.edits:
            raise BadInput(f"draft {self.id} changes nothing: edit something first")
        return self._moved(
            DraftState.SUBMITTED, at, lane=lane, submitted_by=by, signatures=(), problem=""
        )

    def sign(self, signature: Signature) -> "Draft":
        """Add a signature; who wrote it cannot, and nobody signs twice.

        Raises:
            Refused: an author signs.
            Conflict: it is not submitted, was signed by this person, or reads otherwise.
        """
        self._must_be(DraftState.SUBMITTED)
        if signature.by in self.authors:
            raise Refused(f"{signature.by} wrote draft {self.id}: another person must sign it")
        if signature.by in {one.by for one in self.signatures}:
            raise Conflict(f"{signature.by} has signed draft {self.id}: a second person must sign")
        if signature.content != self.content:
            raise Conflict(f"draft {self.id} reads otherwise than what was signed: look again")
        signed = (*self.signatures, signature)
        return replace(self, signatures=signed, changed_at=signature.at)

    def approve(self, at: datetime) -> "Draft":
        """Let it wait for its time; whether it has the signatures it needs, `risks` knows."""
        self._must_be(DraftState.SUBMITTED)
        if not self.signatures or any(one.content != self.content for one in self.signatures):
            raise Conflict(f"draft {self.id} is not signed as it reads now")
        return self._moved(DraftState.APPROVED, at)

    def send_back(self, remark: Remark) -> "Draft":
        """Give it back to its authors with the reason; signatures are void."""
        self._must_be(DraftState.SUBMITTED, DraftState.APPROVED)
        remarks = (*self.remarks, remark)
        return self._moved(DraftState.OPEN, remark.at, remarks=remarks, **_UNSIGNED)

    def withdraw(self, remark: Remark) -> "Draft":
        """Lay it aside; nothing is lost."""
        before_publishing = (DraftState.OPEN, DraftState.SUBMITTED, DraftState.APPROVED)
        self._must_be(*before_publishing, DraftState.FAILED)
        remarks = (*self.remarks, remark) if remark.text else self.remarks
        return self._moved(DraftState.WITHDRAWN, remark.at, remarks=remarks, **_UNSIGNED)

    def reopen(self, at: datetime) -> "Draft":
        """Edit again what failed or was withdrawn."""
        self._must_be(DraftState.FAILED, DraftState.WITHDRAWN)
        return self._moved(DraftState.OPEN, at, progress=0.0, release=None, **_UNSIGNED)

    def schedule(self, publish_at: datetime | None, at: datetime) -> "Draft":
        """Say when it is published; None: as soon as it is signed."""
        self._must_be(DraftState.OPEN, DraftState.SUBMITTED, DraftState.APPROVED)
        return replace(self, publish_at=publish_at, changed_at=at)

    def due(self, now: datetime) -> bool:
        """Say whether it is signed and its time has come."""
        come = self.publish_at is None or self.publish_at <= now
        return self.state is DraftState.APPROVED and come

    def start(self, at: datetime) -> "Draft":
        """Begin to publish it; begun again, it starts anew (after a worker was killed)."""
        self._must_be(DraftState.APPROVED, DraftState.PUBLISHING)
        return self._moved(DraftState.PUBLISHING, at, progress=0.0, problem="")

    def advance(self, progress: float, at: datetime) -> "Draft":
        """Note how far publishing has come."""
        self._must_be(DraftState.PUBLISHING)
        return replace(self, progress=min(max(progress, 0.0), 1.0), changed_at=at)

    def becoming(self, release: ReleaseId, at: datetime) -> "Draft":
        """Note which release it is about to become, before that one is made current."""
        self._must_be(DraftState.PUBLISHING)
        return replace(self, release=release, changed_at=at)

    def hold(self, at: datetime) -> "Draft":
        """Let it wait again, as it was signed."""
        self._must_be(DraftState.PUBLISHING)
        return self._moved(DraftState.APPROVED, at, release=None, progress=0.0)

    def published(self, release: ReleaseId, at: datetime) -> "Draft":
        """Note that citizens are served by it."""
        self._must_be(DraftState.PUBLISHING)
        return self._moved(DraftState.PUBLISHED, at, release=release, progress=1.0, problem="")

    def failed(self, problem: str, at: datetime) -> "Draft":
        """Note why it could not be published."""
        self._must_be(DraftState.PUBLISHING)
        return self._moved(DraftState.FAILED, at, problem=problem, release=None)

    def again(self, at: datetime) -> "Draft":
        """Try once more to publish what failed, under the same signatures."""
        self._must_be(DraftState.FAILED)
        return self._moved(DraftState.APPROVED, at, publish_at=None, progress=0.0, problem="")

    def rebased(self, base: ReleaseId, edits: Mapping[str, Edit], at: datetime) -> "Draft":
        """Put it on another release, with its edits merged into that one's files.

        A signature counts only for the words that were signed: where merging changed them while
        the draft is under review, it has to be signed again.
        """
        self._must_be(*LIVE)
        moved = replace(self, base=base, edits=edits, changed_at=at)
        if self.state is DraftState.SUBMITTED and moved.content != self.content:
            return replace(moved, signatures=())
        return moved

    def _moved(self, state: DraftState, at: datetime, **changes: object) -> "Draft":
        return replace(self, state=state, changed_at=at, **changes)  # type: ignore[arg-type]

    def _must_be(self, *states: DraftState) -> None:
        if self.state not in states:
            wanted = " or ".join(states)
            raise Conflict(f"draft {self.id} is {self.state}, not {wanted}: look at it again")


_UNSIGNED: Mapping[str, object] = {
    "signatures": (),
    "submitted_by": None,
    "lane": Lane.ORDINARY,
    "publish_at": None,
}
"""Where nobody vouches for it any more, nothing is decided either."""
