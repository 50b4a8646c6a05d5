"""What a check yields, and how it says that it could not look."""

from typing import NamedTuple

from failure import Failure


class Finding(NamedTuple):
    code: str
    # What there is, in the words of the cluster or of AWS.
    seen: str
    # What to do, where that is more than findings.json says for all of this code.
    fix: str = ""


class Unseen(Failure):
    """It cannot be told from here. That is no finding."""
