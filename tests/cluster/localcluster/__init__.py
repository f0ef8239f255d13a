# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts of tests/cluster/local-cluster; docs/adr/0003-local-cluster.md says why they are as they are."""


class ClusterError(Exception):
    """What went wrong, why, and what to do next, in words for the person at the terminal."""
