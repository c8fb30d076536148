"""What lives as long as the process is kept out of the garbage collector's sight.

A release, its model and the dictionary are some 400,000 objects, and Python walks them all in every
full collection: a quarter of the time of a worker that marks sends (2026-11-22).
"""

import gc


def settle() -> None:
    """Collect once, then leave what is left alone; call it when something large was taken over."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
