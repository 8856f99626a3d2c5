"""Two offices, people with seats there, and somebody who hands in an application."""

from __future__ import annotations

from dataclasses import dataclass, field

from forms.offices import Office
from forms.seats import Role
from storage import offices
from storage.unit import Unit
from tests.bot.household import House, Someone, picture, stream

COUNTY, CITY = "青秀区总工会", "南宁市总工会"


@dataclass
class Bureau:
    """The offices of a house, with their people."""

    house: House
    county: str = ""
    city: str = ""
    people: dict[str, Someone] = field(default_factory=dict)

    async def opens(self, *, corrects: bool = False) -> Bureau:
        """A county union that passes on to the city's."""

        def add(unit: Unit) -> tuple[str, ...]:
            kept = (
                Office(name=CITY, kind="city", phone="0771-2805708"),
                Office(name=COUNTY, kind="county", above=CITY, programmes=("small",), corrects=corrects),
            )
            return offices.add(unit, kept, self.house.now)

        self.city, self.county = await self.house.database.run(add)
        return self

    async def seats(self, name: str, office: str, role: Role = "clerk") -> Someone:
        """Somebody takes a seat by its link."""
        invite = self.house.conversation.staff.seating.invite
        offered = await self.house.database.run(
            lambda unit: invite(unit, office, role, name, "test", self.house.now)
        )
        someone = Someone(self.house, address=name)
        await someone.says(offered.link)
        await someone.presses("是我，入座")
        self.people[name] = someone
        return someone


async def finishes(house: House, address: str = "anna", name: str = "陆建华") -> Someone:
    """Somebody fills in an application, with a certificate, to the end of it."""
    someone = Someone(house, address=address)
    await someone.fills()
    kept = await house.conversation.receive("web", address, "证书.jpg", stream(picture()))
    await someone.take(file=kept)
    await someone.presses("发完了")
    await someone.presses("没问题", "属实")
    return someone


async def hands_in(house: House, address: str = "anna") -> Someone:
    """Somebody hands in an application to the county union."""
    someone = await finishes(house, address)
    await someone.presses("递交", COUNTY, "递交给")
    return someone
