import pytest

from tools.bench.curves import selection


@pytest.mark.parametrize("total", selection.SIZES)
def test_a_session_is_stored_small_however_many_questions_it_has(total: int) -> None:
    session = selection.session(total)
    assert len(session.wrong_pool) == min(total // 2, 500)
    assert selection.item_size(session) < 4_096
