"""REST for programs: places and cases, with keys whose scopes are permission names. OpenAPI at /api/v1/openapi.json."""
