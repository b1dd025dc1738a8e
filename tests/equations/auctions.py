"""Tenders for the tests of auctions: drawn ones for properties, declared ones for simulation."""

from hypothesis import strategies as st

from pricing.equations.auction import Tender
from pricing.equations.auction_bidders import Bidders, known_number
from pricing.equations.auction_costs import Beta, LogNormal, Power, Uniform

RANGE = {"lo": 80.0, "hi": 120.0}

uniforms = st.just(Uniform(**RANGE))
betas = st.builds(
    Beta, a=st.floats(0.5, 6.0), b=st.floats(0.5, 6.0), **{k: st.just(v) for k, v in RANGE.items()}
)
concave_betas = st.builds(
    Beta, a=st.floats(1.0, 6.0), b=st.floats(1.0, 6.0), lo=st.just(80.0), hi=st.just(120.0)
)
powers = st.builds(Power, draws=st.floats(1.0, 5.0), lo=st.just(80.0), hi=st.just(120.0))
log_normals = st.builds(LogNormal, mean=st.just(100.0), cv=st.floats(0.05, 0.8))

log_concave = st.one_of(uniforms, concave_betas, powers, log_normals)
distributions = st.one_of(log_concave, betas)
ceilings = st.floats(85.0, 140.0)
numbers = st.integers(1, 12)


@st.composite
def random_numbers(draw):
    weights = draw(st.lists(st.floats(0.05, 1.0), min_size=2, max_size=7))
    return Bidders(chances=tuple(weight / sum(weights) for weight in weights))


bidders = st.one_of(numbers.map(known_number), random_numbers())
tenders = st.builds(Tender, costs=distributions, bidders=bidders, ceiling=ceilings)


def tender(costs, number, ceiling):
    return Tender(costs=costs, bidders=known_number(number), ceiling=ceiling)


SOME = Bidders(chances=(0.05, 0.25, 0.3, 0.25, 0.1, 0.05))
DECLARED = {
    "uniform, four known": tender(Uniform(**RANGE), 4, 110.0),
    "uniform, number unknown, ceiling above all": Tender(
        costs=Uniform(**RANGE), bidders=SOME, ceiling=130.0
    ),
    "beta": tender(Beta(a=2.0, b=5.0, lo=60.0, hi=140.0), 3, 90.0),
    "log-normal, number unknown": Tender(
        costs=LogNormal(mean=100.0, cv=0.25), bidders=SOME, ceiling=110.0
    ),
    "power": tender(Power(draws=3.0, **RANGE), 2, 105.0),
}
