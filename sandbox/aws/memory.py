"""What moto keeps, so that a sandbox that runs for hours fills neither the memory nor the disk.

moto keeps each object that it ever knew, deleted or not, to show them in a dashboard. And it copies every body of a
bucket when somebody lists its versions.
"""

from moto.core.common_models import BaseModel
from moto.s3.models import FakeKey


def new(cls, *args, **kwargs):
    return object.__new__(cls)


def copied(self, memo):
    """A listing changes its copy. It has the ETag, which is found from the body when it is first asked for."""
    _ = self.etag
    copy = new(type(self))
    copy.__dict__.update(self.__dict__, _value_buffer=None, multipart=None, disposed=True)
    return copy


def spare():
    BaseModel.__new__ = new
    FakeKey.__deepcopy__ = copied
