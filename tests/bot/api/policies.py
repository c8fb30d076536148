"""Who may use which operation of the staff API: the table that a new route must enter.

A line names the roles that open it; area, purpose and the two-person rules stand in the acts.
"""

from collections.abc import Mapping

ROLES: Mapping[str, str] = {
    "GET /staff/waiting": "agent duty",
    "GET /staff/unanswered": "agent editor reviewer duty",
    "GET /staff/tickets": "agent duty chief",
    "POST /staff/tickets/{number}/see": "agent duty chief",
    "POST /staff/tickets/{number}/close": "agent",
    "GET /staff/warnings": "agent duty chief shelter grid",
    "GET /staff/feeds": "agent duty chief shelter grid",
    "GET /staff/messages": "duty chief",
    "POST /staff/messages/decide": "duty chief",
    "GET /staff/events": "duty chief",
    "POST /staff/events": "chief",
    "POST /staff/events/{event}/close": "chief",
    "POST /staff/events/{event}/preview": "duty chief",
    "POST /staff/events/{event}/decisions": "duty chief",
    "GET /staff/decisions": "duty chief",
    "POST /staff/decisions/{decision}/sign": "chief",
    "POST /staff/decisions/{decision}/discard": "duty chief",
    "GET /staff/informings": "agent duty chief shelter grid",
    "GET /staff/informings/{informing}/board": "agent duty chief shelter grid",
    "POST /staff/informings/{informing}/cancel": "duty chief",
    "POST /staff/informings/{informing}/resume": "duty chief",
    "POST /staff/informings/{informing}/names": "duty chief",
    "POST /staff/informings/{informing}/doors": "duty chief grid",
    "POST /staff/informings/{informing}/confirmations": "duty chief grid",
    "GET /staff/informings/{informing}/announcements": "duty chief grid",
    "POST /staff/informings/{informing}/announcements": "duty chief grid",
    "POST /staff/rosters": "chief grid admin",
    "POST /staff/registrations": "duty chief",
    "POST /staff/registrations/word": "duty chief grid",
    "GET /staff/codes/kit": "duty chief shelter grid",
    "POST /staff/codes/device": "duty chief shelter grid",
    "POST /staff/codes/check": "duty chief shelter grid",
    "POST /staff/codes": "duty chief",
    "POST /staff/codes/reissue": "duty chief grid",
    "POST /staff/codes/lost": "duty chief grid",
    "POST /staff/codes/revoke": "duty chief grid",
    "GET /staff/relief": "duty chief shelter",
    "POST /staff/relief/items": "duty chief shelter",
    "POST /staff/relief/supplies": "duty chief shelter",
    "POST /staff/relief/issues": "shelter",
    "GET /staff/shelters": "duty chief shelter grid admin",
    "POST /staff/shelters/{shelter}/state": "duty chief shelter",
    "POST /staff/shelters/{shelter}/board": "duty chief shelter grid admin",
    "GET /staff/shelters/{shelter}/reports/{event}": "duty chief shelter grid admin",
    "POST /staff/stays": "duty chief shelter grid",
    "POST /staff/scans": "duty chief shelter grid",
    "GET /staff/events/{event}/conflicts": "duty chief shelter",
    "GET /staff/grids": "duty chief grid admin",
    "POST /staff/grids/{grid}/assign": "chief admin",
    "POST /staff/grid-workers/{worker}/deputy": "chief admin",
    "POST /staff/grid-workers/{worker}/leave": "chief admin",
    "POST /staff/grid-workers/{worker}/back": "chief admin",
    "GET /staff/duty-calls": "duty chief",
    "POST /staff/duty-calls/see": "duty chief",
    "GET /staff/test-messages": "",  # for those on a list of the release, whatever their role
    "GET /staff/returns": "duty chief grid",
    "POST /staff/returns/check": "duty chief grid",
    "GET /staff/events/{event}/whereabouts": "agent duty chief shelter grid",
    "POST /staff/events/{event}/whereabouts/names": "duty chief",
    "POST /staff/events/{event}/whereabouts": "duty chief shelter grid",
    "POST /staff/events/{event}/colour": "shelter grid",
    "POST /staff/events/{event}/marks": "grid",
    "GET /staff/appeals": "duty chief",
    "POST /staff/appeals/{appeal}/answer": "duty chief",
    "GET /staff/manual-changes": "chief auditor",
    "GET /staff/hazards": "agent duty chief grid",
    "GET /staff/hazards/{hazard}": "agent duty chief grid",
    "POST /staff/hazards/{hazard}/assign": "duty chief",
    "POST /staff/hazards/{hazard}/start": "agent duty chief grid",
    "POST /staff/hazards/{hazard}/end": "agent duty chief grid",
}
"""Operation → the roles that may."""

OWN_ONLY = frozenset({"POST /staff/events/{event}/marks", "POST /staff/shelters/{shelter}/state"})
"""Where the role alone does not open: the worker of that person, the desk of that shelter."""

WITHOUT_PURPOSE = frozenset({"POST /staff/relief/issues", "POST /staff/scans", "POST /staff/stays"})
"""Operations on people at the desk of a shelter, whose purpose is the event they name."""

NUMBERS_WITHOUT = frozenset({"POST /staff/shelters/{shelter}/board"})
"""Operations that, without a purpose, answer with numbers and with nobody's name."""

NAME_SOMEBODY = frozenset(
    {
        "GET /staff/appeals",
        "GET /staff/grids",
        "GET /staff/hazards/{hazard}",
        "POST /staff/codes/check",
        "POST /staff/codes/device",
        "POST /staff/events/{event}/whereabouts/names",
        "POST /staff/hazards/{hazard}/assign",
        "POST /staff/hazards/{hazard}/end",
        "POST /staff/hazards/{hazard}/start",
        "POST /staff/informings/{informing}/doors",
        "POST /staff/informings/{informing}/names",
        "POST /staff/shelters/{shelter}/board",
    }
)
"""Operations that name somebody of the village to its own staff: the sweep must meet them."""

TELL_WHO_SHOWS_A_CODE = frozenset({"POST /staff/codes/check"})
"""Who is shown a genuine code reads the masked name in it, wherever its holder lives."""

TELL_A_COLOUR = frozenset({"GET /code", "POST /staff/events/{event}/colour", "GET /staff/appeals"})
"""The own code; the worker's or the desk's own people, for a purpose; what an appeal is about."""

CITIZEN_OPEN = frozenset({"POST /session", "GET /guides", "GET /guides/{id}", "GET /places"})
"""What needs no session: nobody's data is in it."""
