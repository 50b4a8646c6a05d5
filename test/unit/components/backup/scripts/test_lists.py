import random

import pytest

import lists
from failure import Failure


@pytest.fixture(autouse=True)
def short_runs(monkeypatch):
    monkeypatch.setattr(lists, "RUN", 10)


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 100, 105])
def test_a_list_is_given_out_in_the_order_of_its_keys_again_and_again(count):
    pairs = [(f"{number:03}\n日本", {"number": number}) for number in range(count)]
    taken = lists.Sorted(random.Random(1).sample(pairs, count))
    for _ in range(2):
        assert [(key, it) for key, it in taken] == pairs


def test_a_short_list_needs_no_disk(monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    assert len(list(lists.Sorted((str(number), None) for number in range(9)))) == 9
    with pytest.raises(Failure, match="a list of schemas cannot be kept in /nowhere"):
        lists.Sorted((str(number), None) for number in range(10))


def test_two_lists_are_matched_by_their_keys():
    one = lists.Sorted((str(key), f"one {key}") for key in (40, 30, 10))
    other = lists.Sorted((str(key), n) for n, key in enumerate((30, 20, 30, 40, 50)))
    assert list(lists.matched(one, other)) == [
        ("10", "one 10", []),
        ("20", None, [1]),
        ("30", "one 30", [0, 2]),
        ("40", "one 40", [3]),
        ("50", None, [4]),
    ]
