"""
Lists of schemas, which may be longer than memory: sorted by key, and matched with one another. A short one needs no
disk; a long one is in temporary files, packed.
"""

import gzip
import heapq
import json
import tempfile
from itertools import groupby, islice
from operator import itemgetter

from failure import Failure

# Items that are sorted in memory, some 10 MiB of them.
RUN = 20_000


class Sorted:
    """Pairs of a key and what belongs to it, taken in at once, and given out in the order of the keys, ever again."""

    def __init__(self, pairs):
        pairs = iter(pairs)
        self._files, self._rest = [], _run(pairs)
        while len(self._rest) == RUN:
            self._files.append(_packed(self._rest))
            self._rest = _run(pairs)

    def __iter__(self):
        return heapq.merge(*map(_unpacked, self._files), self._rest, key=itemgetter(0))


def _run(pairs):
    return sorted(islice(pairs, RUN), key=itemgetter(0))


def _packed(pairs):
    try:
        file = tempfile.TemporaryFile()  # noqa: SIM115 (it lives as long as the list)
        with gzip.open(file, "wb", compresslevel=1) as packed:
            for pair in pairs:
                packed.write(json.dumps(pair).encode() + b"\n")
    except OSError as error:
        raise Failure(f"a list of schemas cannot be kept in {tempfile.gettempdir()}: {error}") from error
    return file


def _unpacked(file):
    # Several readers may be at different places of it: a list is given out by one at a time.
    file.seek(0)
    with gzip.open(file, "rb") as packed:
        yield from map(json.loads, packed)


def matched(one, other):
    """
    Of two sorted lists: each key that either holds, what belongs to it in the one, or None, and in the other, which may
    hold it several times.
    """
    both = heapq.merge(((key, 0, it) for key, it in one), ((key, 1, it) for key, it in other), key=itemgetter(0, 1))
    for key, group in groupby(both, itemgetter(0)):
        found = ([], [])
        for _, side, it in group:
            found[side].append(it)
        yield key, found[0][0] if found[0] else None, found[1]
