"""The benchmarks: us against what an office would do otherwise, in pairs; ``python -m benchmarks``."""
