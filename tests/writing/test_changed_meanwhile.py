"""What a change refers to has gone in the same moment: said in words, and never a 500."""

import pytest

from tests import factories
from workshops.models import Card
from workshops.policy import NOBODY
from workshops.problems import Conflict
from workshops.write import write

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_change_that_points_at_what_has_gone_is_a_conflict(workshop):
    here = factories.open_(factories.make_activity(workshop, "capture"))

    def change(locked):
        return Card.objects.create(activity=here, participant_id=987_654, text="By somebody who was removed")

    before = workshop.version
    with pytest.raises(Conflict, match="has just been changed or removed"):
        write(workshop.pk, by=NOBODY, verb="test.change", change=change)
    workshop.refresh_from_db()
    assert (workshop.version, Card.objects.count()) == (before, 0)
