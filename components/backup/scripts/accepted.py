"""
Passes when S3 has taken the credentials of this pod several times in a row. IAM tells its many machines of a new key or
role one by one: one that knows it already says nothing of the next.
"""

import time

import botocore.exceptions

import environment
import storage
from failure import Doubt, main, say

IN_A_ROW = 10
PAUSE_SECONDS = 1


def accepted():
    bucket = environment.needed("BUCKET")
    patience = int(environment.needed("PATIENCE_SECONDS", r"\d+"))
    began, row, said = time.monotonic(), 0, ""
    while row < IN_A_ROW:
        refused = refusal(bucket)
        row = 0 if refused else row + 1
        if refused and time.monotonic() - began >= patience:
            raise Doubt(f"S3 does not take the new credentials, after {patience} s: {refused}")
        if refused and refused != said:
            say(f"{refused}: asking again")
            said = refused
        time.sleep(PAUSE_SECONDS)
    say(f"S3 takes the new credentials, after {time.monotonic() - began:.0f} s")


def refusal(bucket):
    """What S3 says against them; nothing, if it takes them."""
    try:
        # Each time a client of its own: another connection may lead to another machine, and a role is taken again.
        storage.client().list_objects_v2(Bucket=bucket, MaxKeys=1)
    except botocore.exceptions.ClientError as error:
        if storage.error_code(error) == "NoSuchBucket":
            raise Doubt(f"the bucket {bucket} does not exist") from error
        return str(error)
    except botocore.exceptions.BotoCoreError as error:
        return str(error)
    return ""


if __name__ == "__main__":
    main(accepted)
