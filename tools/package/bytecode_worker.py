"""Run by the target's interpreter: compiles the files listed on stdin, prints the names of those that are no Python."""

import json
import py_compile
import sys

failed = []
for source, name, compiled in json.load(sys.stdin):
    try:
        py_compile.compile(
            source,
            cfile=compiled,
            # What tracebacks show: the place inside the zip, never a path of the machine that builds.
            dfile=name,
            doraise=True,
            # Python neither stats nor reads the source, and no mtime gets into the bytes.
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
    except py_compile.PyCompileError:
        failed.append(name)
json.dump(failed, sys.stdout)
