"""Seating: every instrument of a scenario gets its desk and begins its life."""

from collections.abc import Mapping

from pricing.instruments._desk import Desk, Surroundings
from pricing.instruments._instrument import Instrument, declared_writes
from pricing.world.levers import check_conflicts
from pricing.world.offices import Process


def seat(instruments: Mapping[str, Instrument], around: Surroundings) -> None:
    """Give every instrument of a scenario its desk and start its life on its first day.

    Raises
    ------
    ConflictError
        If two instruments claim one cell of a lever which takes one proposer.
    """
    writes = declared_writes(instruments, around.city)
    check_conflicts(writes)
    for name, model in instruments.items():
        mine = tuple(write for write in writes if write.by == name)
        around.env.process(_life(model, Desk(name, model.until_day, mine, around)))


def _life(model: Instrument, desk: Desk) -> Process:
    yield desk.until(model.from_day)
    yield from model.run(desk)
