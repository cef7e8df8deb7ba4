"""Entry points, one package per Terraform module of the same name. They wire; they decide nothing."""

import gc

# Python looks for garbage after every 700 new objects, and the 70,000 to 90,000 that a start makes are there to stay: a
# tenth of a cold start would go into looking. After the first invocation `adapters/garbage.py` has it look again.
gc.set_threshold(100_000)
