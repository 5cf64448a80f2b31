"""The description of the API (OpenAPI): what the framework reads from our functions, and the ways every call can fail."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from cunlian.api.problems import MEDIA_TYPE

PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "description": "RFC 9457. “detail” is a sentence for people, in the language of Accept-Language.",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string", "description": "A code for programs."},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "field": {"type": "string", "description": "The value a refusal is about."},
        "fields": {
            "type": "array",
            "description": "Every value that cannot be read.",
            "items": {
                "type": "object",
                "required": ["field", "reason"],
                "properties": {"field": {"type": "string"}, "reason": {"type": "string"}},
            },
        },
    },
}
FAILURES = {
    401: "No key, or one that is not valid",
    403: "The key lacks the scope or works for another place",
    404: "Absent, or not for this key",
    422: "A value cannot be read or cannot be true",
    429: "Called too often",
}
WRITING = {
    400: "The body is no JSON",
    409: "Not possible in this state, or an “id” that is taken",
}


def _answer(text: str) -> dict[str, Any]:
    return {"description": text, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


class DescribedAPI(NinjaAPI):
    def get_openapi_schema(self, **named: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**named)
        schema["components"]["schemas"]["Problem"] = PROBLEM
        for methods in schema["paths"].values():
            for method, operation in methods.items():
                failures = FAILURES if method == "get" else FAILURES | WRITING
                operation["responses"].update({status: _answer(text) for status, text in sorted(failures.items())})
        return schema
