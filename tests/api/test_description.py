"""The API is what its description says: calls made up from it find no fault and no answer it does not name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from ninja.responses import NinjaJSONEncoder
from schemathesis.specs.openapi.checks import positive_data_acceptance

from cunlian.api.routes import api
from cunlian.config.wsgi import application
from tests.api.conftest import Program
from tests.cases.conftest import Desk

pytestmark = pytest.mark.django_db
described = api.get_openapi_schema(path_prefix="/api/v1/")
schema = schemathesis.openapi.from_dict(json.loads(json.dumps(described, cls=NinjaJSONEncoder)))
schema.app = application
UUID_LIKE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture(autouse=True)
def connection_stays_open() -> Iterator[None]:
    """A server closes its connections between calls; here the test's transaction lives in one."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=15, derandomize=True, deadline=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_calls_made_up_from_the_description(case: schemathesis.Case, program: Program, desk: Desk) -> None:
    known = desk.report()
    if UUID_LIKE.fullmatch(str(case.path_parameters.get("case_id", ""))):
        case.path_parameters["case_id"] = str(known.pk)
    # A readable value may still not be true (no such village): 422 is then the right answer.
    case.call_and_validate(
        headers={"Authorization": f"Bearer {program.secret}"}, excluded_checks=[positive_data_acceptance]
    )
