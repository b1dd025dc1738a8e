"""What must hold between the rows of the tables; every breach is a problem with file and line."""

from pricing.base.errors import Problems
from pricing.city.checks.candidates import check_candidates
from pricing.city.checks.ids import check_ids, check_sectors
from pricing.city.checks.lots import check_lots
from pricing.city.checks.network import check_network
from pricing.city.checks.people import check_people
from pricing.city.checks.policy import check_policy
from pricing.city.tables import Tables


def check(tables: Tables, problems: Problems) -> None:
    """Note every breach between tables; sums and cross-references only where the ids are good."""
    check_ids(tables, problems)
    check_sectors(tables, problems)
    check_people(tables, problems)
    check_policy(tables, problems)
    if not problems:
        check_network(tables, problems)
        check_lots(tables, problems)
        check_candidates(tables, problems)
