"""AssumeRoleWithWebIdentity, as AWS answers it. moto gives any role to anybody.

A token counts if the cluster's API server signed it, its issuer is an OIDC provider of the account with the token's
audience among its clients, and it has not expired. Then the role's trust policy decides, by the principal and by
StringEquals alone: a condition of another kind admits nobody.
"""

import base64
import json
import os
import time
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from moto.iam.exceptions import NotFoundException
from moto.iam.models import iam_backends
from moto.sts.exceptions import STSClientError
from moto.sts.responses import TokenResponse
from moto.utilities.utils import get_partition

ACTION = "sts:AssumeRoleWithWebIdentity"
public_key = Path(os.environ["SERVICE_ACCOUNT_KEY"])
authorize = TokenResponse._authenticate_and_authorize_normal_action
give_role = TokenResponse.assume_role_with_web_identity


def invalid(why):
    return STSClientError("InvalidIdentityToken", why)


def decoded(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def claims_of(token):
    try:
        head, body, signature = token.split(".")
        header, claims, signed = json.loads(decoded(head)), json.loads(decoded(body)), decoded(signature)
        if header["alg"] != "RS256":
            raise invalid(f"The algorithm {header['alg']} is not taken")
        key = load_pem_public_key(public_key.read_bytes())
        key.verify(signed, f"{head}.{body}".encode(), PKCS1v15(), SHA256())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise invalid("The ID Token provided is not a valid JWT") from error
    except InvalidSignature as error:
        raise invalid("Couldn't verify the signature of the token") from error
    if claims["exp"] <= time.time():
        raise STSClientError("ExpiredTokenException", "Token expired: current date/time must be before the expiration")
    return claims


def listed(value):
    return value if isinstance(value, list) else [value]


def admits(statement, provider, context):
    """Whether a statement of a trust policy allows it. `context` holds a list of values for each key of a condition."""
    conditions = statement.get("Condition", {})
    return (
        statement["Effect"] == "Allow"
        and ACTION in listed(statement["Action"])
        and provider in listed(statement.get("Principal", {}).get("Federated", []))
        and set(conditions) <= {"StringEquals"}
        and all(
            set(listed(wanted)) & set(context.get(name, []))
            for name, wanted in conditions.get("StringEquals", {}).items()
        )
    )


def check(backend, role_arn, token):
    claims = claims_of(token)
    issuer = claims["iss"].removeprefix("https://")
    audiences = listed(claims["aud"])
    provider = next((one for one in backend.open_id_providers.values() if one.url == issuer), None)
    if provider is None:
        raise invalid(f"No OpenIDConnect provider found in your account for https://{issuer}")
    if not set(audiences) & set(provider.client_id_list):
        raise invalid("Incorrect token audience")
    context = {f"{issuer}:aud": audiences, f"{issuer}:sub": [claims["sub"]]}
    try:
        trust = json.loads(backend.get_role_by_arn(role_arn).assume_role_policy_document)
    except NotFoundException:
        trust = {"Statement": []}
    if not any(admits(statement, provider.arn, context) for statement in listed(trust["Statement"])):
        raise STSClientError("AccessDenied", f"Not authorized to perform {ACTION}")


def assume_role_with_web_identity(self):
    backend = iam_backends[self.current_account][get_partition(self.region)]
    check(backend, self._get_param("RoleArn"), self._get_param("WebIdentityToken"))
    return give_role(self)


def authenticate(self, resource="*"):
    # Who asks has no key yet.
    if self._get_action() != "AssumeRoleWithWebIdentity":
        authorize(self, resource)


def correct():
    TokenResponse.assume_role_with_web_identity = assume_role_with_web_identity
    TokenResponse._authenticate_and_authorize_normal_action = authenticate
