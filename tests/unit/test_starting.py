"""A start is not held up by a search for garbage that is not there; later there is some, and it is found."""

from tests.unit.subprocesses import run_python


def test_garbage_is_looked_for_once_there_may_be_some() -> None:
    code = """
        import gc
        import handlers.queue.submissions
        print(gc.isenabled(), gc.get_threshold()[0] >= gc.get_count()[0] > 10_000)
    """
    assert run_python(code) == ["True True"]


def test_after_the_first_invocation_what_is_there_is_left_alone_and_what_comes_is_soon_looked_through() -> None:
    code = """
        import gc
        from types import SimpleNamespace
        import handlers.queue.submissions
        from adapters.observability import instrumented
        first = gc.get_threshold()[0]
        instrumented(lambda event, context: None)({}, SimpleNamespace(aws_request_id="r"))
        print(gc.get_freeze_count() > 10_000, gc.get_threshold()[0] < first / 10)
    """
    assert run_python(code)[-1] == "True True"
