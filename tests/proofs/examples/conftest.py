from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.proofs.examples.course import MODULES, course
from tools import package

Courses = dict[str, Future[None]]


@pytest.fixture(scope="package")
def courses(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Courses]:
    """Every example that a test was chosen for, on its way; the largest first, because they take longest."""
    package.build("local")
    # Whatever runs in the same session may have parameters, too.
    chosen = {item.callspec.params.get("module") for item in request.session.items if hasattr(item, "callspec")}
    largest_first = sorted(MODULES.keys() & chosen, key=lambda module: -MODULES[module].resources)
    with ThreadPoolExecutor(len(largest_first)) as pool:
        yield {module: pool.submit(course, module, tmp_path_factory.mktemp(module)) for module in largest_first}
