"""The experiments that the sources report, run again on real data: `python -m experiments NAME` (extra `experiments`).

Each file of an experiment says what one run measures. `theorems/experiments/` says which sentence of a source the runs are asked about, and
decides it by an exact test. Floats and chance enter here: nothing of it is proved.
"""
