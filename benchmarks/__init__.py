"""What the program costs, as ratios measured side by side in one run: `python -m benchmarks`."""

import os

# One thread, as in every worker of an experiment; read when numpy is first imported.
for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")
