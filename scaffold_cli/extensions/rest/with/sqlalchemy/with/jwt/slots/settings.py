API_SPEC_OPTIONS = {
    "components": {
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
    },
}
