from __future__ import annotations

import json

from escalation.files import schema

from .conftest import Escalation


def test_the_schema_is_one_json_object(escalation: Escalation) -> None:
    done = escalation("schema")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == json.loads(json.dumps(schema()))
