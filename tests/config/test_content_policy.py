"""Every answer says what its page may load: nothing from elsewhere, and no script that stands in the page."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/desk/", "/nowhere/", "/api/v1/"])
def test_every_answer_has_the_policy(client: Client, address: str) -> None:
    policy = client.get(address)["Content-Security-Policy"].split("; ")
    assert {"default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'"} <= set(policy)
    assert not [part for part in policy if part.startswith("script-src") or "unsafe-eval" in part or "http" in part]
