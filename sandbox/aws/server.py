"""Starts moto's AWS API with corrections, and a habit of AWS that tests ask for.

moto does not know the condition operator Bool and takes every such statement as met, so a bucket policy that refuses
requests without TLS would refuse all. Here the sandbox's own bridge stands for TLS: that one statement does not apply.

moto asks for a right s3:HeadBucket, which IAM does not have. Whoever may list a bucket may ask whether it is there.

moto takes the parameters of a request without a body, or its headers where it has none, for its body when it checks the
signature. So it would refuse every GET and DELETE of Route 53.

moto asks for no right on the key of KMS that an object is under: kms.py does.

moto takes a key that was made inactive, gives a role to any web identity (web_identity.py), and keeps every object that
it ever knew (memory.py).

AWS does not know a new key for some seconds. Here that is so for the keys whose ids are in the file UNKNOWN_KEYS, and
for all keys of users that are younger than the seconds in the file NEW_KEYS.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path

from moto.core.utils import utcnow
from moto.iam.access_control import (
    CreateAccessKeyFailure,
    IAMPolicyStatement,
    IAMRequest,
    IAMUserAccessKey,
    PermissionResult,
)
from moto.s3.responses import ACTION_MAP
from moto.server import main

import kms
import memory
import web_identity

judge = IAMPolicyStatement.is_action_permitted
find_key = IAMUserAccessKey.__init__
signed_request = IAMRequest._create_aws_request
unknown_keys = Path(os.environ["UNKNOWN_KEYS"])
new_keys = Path(os.environ["NEW_KEYS"])


def refuses_plain_http(statement):
    flags = statement.get("Condition", {}).get("Bool", {})
    return statement["Effect"] == "Deny" and str(flags.get("aws:SecureTransport", "")).lower() == "false"


def is_action_permitted(self, *args, **kwargs):
    if refuses_plain_http(self._statement):
        return PermissionResult.NEUTRAL
    return judge(self, *args, **kwargs)


def is_known(key):
    if key.status != "Active" or (unknown_keys.exists() and key.access_key_id in unknown_keys.read_text().split()):
        return False
    seconds = int(new_keys.read_text()) if new_keys.exists() else 0
    return utcnow() - key.create_date >= timedelta(seconds=seconds)


def init(self, *args, access_key_id, **kwargs):
    find_key(self, *args, access_key_id=access_key_id, **kwargs)
    keys = self.backend.users[self._owner_user_name].access_keys
    if not all(is_known(key) for key in keys if key.access_key_id == access_key_id):
        raise CreateAccessKeyFailure(reason="InvalidId")


def create_aws_request(self):
    request = signed_request(self)
    if self._method in ("GET", "DELETE") and not self._body:
        request.data = {}
        has_none = "Authorization" in self._data
        request.params = {} if has_none else {name: values[0] for name, values in self._data.items()}
    return request


IAMPolicyStatement.is_action_permitted = is_action_permitted
IAMUserAccessKey.__init__ = init
IAMRequest._create_aws_request = create_aws_request
web_identity.correct()
ACTION_MAP["BUCKET"]["HEAD"]["DEFAULT"] = "ListBucket"
kms.enforce()
memory.spare()
main(sys.argv[1:])
