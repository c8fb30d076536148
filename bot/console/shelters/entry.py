"""A shelter as its form has it: read from what was typed, and written back into the fields."""

from bot.console.forms import Form
from data.civic.calendar import day_in
from data.civic.ids import AreaCode, ShelterId
from data.civic.safety.shelters import Capacity, Shelter, ShelterLevel
from data.civic.shapes import Point


def id_in(form: Form) -> ShelterId:
    """Tell which shelter a form is about."""
    return ShelterId(form.get("shelter", ""))


def shelter_in(form: Form) -> Shelter:
    """Read a shelter.

    Raises:
        BadInput, ValueError: a field is not as it must be.
    """
    lon, lat = form.get("lon", "").strip(), form.get("lat", "").strip()
    return Shelter(
        id=id_in(form),
        name=form.get("name", "").strip(),
        level=ShelterLevel(form.get("level", "")),
        area=AreaCode(form.get("area", "")),
        point=Point(float(lon), float(lat)) if lon or lat else None,
        capacity=Capacity(
            people=int(form.get("people", "")),
            beds=_number(form, "beds"),
            wheelchairs=_number(form, "wheelchairs"),
        ),
        pets="pets" in form,
        step_free="step_free" in form,
        phone=form.get("phone", "").strip(),
        in_charge=form.get("in_charge", "").strip(),
        inspected_until=day_in(form.get("until", "")),
    )


def form_of(one: Shelter) -> Form:
    """Write a shelter into the fields of its form; a box that is not ticked is left out."""
    lon, lat = (one.point.lon, one.point.lat) if one.point else (None, None)
    said = {
        "shelter": one.id,
        "seen": str(one.version),
        "name": one.name,
        "level": one.level,
        "area": one.area,
        "people": str(one.capacity.people),
        "beds": _text(one.capacity.beds),
        "wheelchairs": _text(one.capacity.wheelchairs),
        "phone": one.phone,
        "in_charge": one.in_charge,
        "lon": _text(lon),
        "lat": _text(lat),
        "until": one.inspected_until.isoformat(),
    }
    ticked = {"pets": one.pets, "step_free": one.step_free}
    return said | {name: "yes" for name, on in ticked.items() if on}


def _number(form: Form, name: str) -> int | None:
    said = form.get(name, "").strip()
    return int(said) if said else None


def _text(number: float | None) -> str:
    return "" if number is None else str(number)
