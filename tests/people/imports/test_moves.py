"""Every state of a list × every move."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cunlian.people.imports.actions import apply_import, check_import, discard_import, undo_import
from cunlian.people.imports.states import MOVES, State
from cunlian.people.models import RegisterImport
from tests.moves import tried
from tests.people.imports.conftest import Bring, row

CALLS = {"check": check_import, "apply": apply_import, "undo": undo_import, "discard": discard_import}


def test_every_move_has_its_action() -> None:
    assert {move.name for move in MOVES} == set(CALLS)


@pytest.mark.parametrize("state", list(State))
def test_a_list_moves_as_the_table_says(bring: Bring, state: State) -> None:
    batch = bring([row()])
    RegisterImport.objects.filter(pk=batch.pk).update(state=state, applied_at=timezone.now())
    by = bring.cast.village_cadre
    found = [tried(batch, move, lambda fresh, call=CALLS[move.name]: call(fresh, by=by)) for move in MOVES]
    assert not any(found), found
