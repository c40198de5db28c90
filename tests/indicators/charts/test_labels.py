"""Labels are never cut off and never lie on each other."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from indicators.charts.placing import Box, Wish, box_at, place_labels, sample_lines
from indicators.charts.text import spread, text_width, wrap

heights = st.floats(10, 40)
AREA = Box(-20, -20, 620, 300)
wishes = st.lists(
    st.tuples(st.floats(0, 600), st.floats(0, 280), st.floats(10, 80), st.booleans()), min_size=1, max_size=20
).map(
    lambda rows: [Wish((0, n), (x, y), width, 15, must) for n, (x, y, width, must) in enumerate(rows)]
)  # fmt: skip


@given(wishes)
def test_no_two_placed_labels_overlap(labels: list[Wish]) -> None:
    places = place_labels(labels, sample_lines([[label.point for label in labels]]), AREA)
    boxes = [box_at(label, places[label.key]) for label in labels if label.key in places]
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    assert all(box.left >= AREA.left and box.right <= AREA.right and box.bottom <= AREA.bottom for box in boxes)


def test_the_first_label_always_finds_a_place() -> None:
    wish = Wish((0, 0), (300, 150), 40, 15, must=True)
    assert place_labels([wish], [], AREA) == {(0, 0): "top center"}


def test_a_label_moves_off_a_line_that_runs_through_its_place() -> None:
    rising = sample_lines([[(300.0, 150.0), (400.0, 20.0)], [(200.0, 150.0), (300.0, 150.0)]])
    wish = Wish((0, 0), (300, 150), 60, 15, must=True)
    assert place_labels([wish], rising, AREA)[(0, 0)] != "top center"


def test_an_optional_label_stays_out_where_only_lines_are() -> None:
    everywhere = [(float(x), float(y)) for x in range(200, 400, 4) for y in range(50, 250, 4)]
    wish = Wish((0, 0), (300, 150), 40, 15, must=False)
    assert place_labels([wish], everywhere, AREA) == {}


@given(st.lists(st.tuples(st.floats(0, 200), heights), min_size=1, max_size=5))
def test_side_labels_keep_apart(items: list[tuple[float, float]]) -> None:
    centres, sizes = [c for c, _ in items], [h for _, h in items]
    places = spread(centres, sizes, 0, 220)
    spans = sorted((place - size / 2, place + size / 2) for place, size in zip(places, sizes, strict=True))
    assert all(before[1] <= after[0] + 1e-6 for before, after in pairwise(spans))


def test_side_labels_with_room_stay_where_they_belong() -> None:
    assert spread([20, 100], [15, 15], 0, 220) == [20, 100]


@given(st.text("abcdefghij klm", min_size=1, max_size=80), st.floats(40, 300))
def test_wrapping_keeps_every_word(text: str, width: float) -> None:
    assert wrap(text, width, 12).replace("<br>", " ") == text


def test_wrapping_breaks_between_words_only() -> None:
    assert wrap("2 november 2025", 75, 12) == "2 november<br>2025"
    assert text_width(wrap("Aangiften langer dan zes maanden in behandeling", 150, 13), 13) <= 150
