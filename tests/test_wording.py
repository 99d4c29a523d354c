"""English for pages."""

import pytest

from meetings.wording import lasting


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "1 minute"),
        (45, "45 minutes"),
        (60, "1 hour"),
        (90, "1 hour and 30 minutes"),
        (240, "4 hours"),
        (121, "2 hours and 1 minute"),
    ],
)
def test_a_time_is_said_in_hours_and_minutes(minutes, words):
    assert lasting(minutes) == words
