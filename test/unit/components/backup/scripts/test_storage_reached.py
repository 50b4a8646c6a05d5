import pytest

import storage_reached
from failure import Doubt
from samples import BACKUPS, SCHEMAS


def test_a_store_with_both_buckets(s3, capsys):
    storage_reached.storage_reached()
    said = capsys.readouterr().out
    assert SCHEMAS in said
    assert BACKUPS in said


@pytest.mark.parametrize(("bucket", "what"), [(SCHEMAS, "schemas"), (BACKUPS, "backups")])
def test_a_bucket_that_is_not_there(s3, bucket, what):
    s3.delete_bucket(Bucket=bucket)
    with pytest.raises(Doubt, match=f"the {what} bucket {bucket} does not exist"):
        storage_reached.storage_reached()
