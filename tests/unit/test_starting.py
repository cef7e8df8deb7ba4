"""A start is not held up by a search for garbage that is not there."""

from tests.unit.subprocesses import run_python


def test_garbage_is_looked_for_once_there_may_be_some() -> None:
    code = """
        import gc
        import handlers.queue.submissions
        print(gc.isenabled(), gc.get_threshold()[0] >= gc.get_count()[0] > 10_000)
    """
    assert run_python(code) == ["True True"]
