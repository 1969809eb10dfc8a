"""Speed against a floor and a peer, measured in one run on databases of its own: `python -m benchmarks`."""
