"""Starts moto's AWS API with two corrections.

moto does not know the condition operator Bool and takes every such statement as met, so a bucket policy that refuses
requests without TLS would refuse all. Here the sandbox's own bridge stands for TLS: that one statement does not apply.

moto asks for a right s3:HeadBucket, which IAM does not have. Whoever may list a bucket may ask whether it is there.
"""

import sys

from moto.iam.access_control import IAMPolicyStatement, PermissionResult
from moto.s3.responses import ACTION_MAP
from moto.server import main

judge = IAMPolicyStatement.is_action_permitted


def refuses_plain_http(statement):
    flags = statement.get("Condition", {}).get("Bool", {})
    return statement["Effect"] == "Deny" and str(flags.get("aws:SecureTransport", "")).lower() == "false"


def is_action_permitted(self, *args, **kwargs):
    if refuses_plain_http(self._statement):
        return PermissionResult.NEUTRAL
    return judge(self, *args, **kwargs)


IAMPolicyStatement.is_action_permitted = is_action_permitted
ACTION_MAP["BUCKET"]["HEAD"]["DEFAULT"] = "ListBucket"
main(sys.argv[1:])
