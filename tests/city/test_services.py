import numpy as np
import pytest

from pricing.city.rows.services import POST_CLASSES
from tests.builders import toy_city


def test_charges_are_spread_over_the_months_of_tuition():
    city = toy_city()
    month = dict(zip(city.services.id, city.services.charges_month, strict=True))
    assert month["primary"] == pytest.approx(3_600_000 / 9)
    assert month["short_course"] == 600_000
    assert month["inpatient_stay"] == 0.0


def test_labour_of_a_visit_is_the_labour_share_of_the_bundle():
    # The analyst's norms give labour 0.41 of 95,000 VND for a commune consultation.
    city = toy_city()
    norm, group = city.norms.id.index("consultation_commune"), city.posts.id.index("station")
    hourly = (
        city.posts.coefficient[group]
        * 2_340_000
        * 12
        * (1 + city.posts.allowance[group])
        * (1 + city.posts.employer[group])
        / city.posts.paid_hours[group]
    )
    assert city.norms.pay_group[norm] == group
    assert city.norms.hours[norm] @ hourly == pytest.approx(0.41 * 95_000, rel=2e-3)


def test_norms_know_their_service_and_owner():
    city = toy_city()
    assert not city.norms.is_public[city.norms.id.index("visit_clinic")]
    assert city.services.id[city.norms.service[city.norms.id.index("visit_clinic")]] == (
        "hospital_outpatient_visit"
    )
    assert np.all(city.norms.bundle == (city.services.sector[city.norms.service] == 0))


def test_posts_have_a_rule_where_the_law_moves_the_allowance():
    posts = toy_city().posts
    assert len(posts.allowance_rule[0]) == len(POST_CLASSES)
    assert posts.allowance_rule[posts.id.index("station")][2] == ""


def test_entry_points_to_the_need_whose_completers_enter():
    needs = toy_city().needs
    names = {
        need: needs.id[before] if before >= 0 else ""
        for need, before in zip(needs.id, needs.entry_from.tolist(), strict=True)
    }
    assert names["upper_secondary"] == "lower_secondary"
    assert names["primary"] == ""
