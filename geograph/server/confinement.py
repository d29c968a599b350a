"""What a worker process may do: no network where the kernel can take it away, so much memory, so much time.

The guard of `geograph.query` refuses a query that would call another machine; this is the second wall, for the case
that the first has a hole.
"""

from __future__ import annotations

import os
import signal
import sys

_MIB = 1024 * 1024
_GRACE = 2.0
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER and CLONE_NEWNET of <sched.h>


def leave_network() -> bool:
    """Whether the process now has a network of its own, without any interface: not even loopback.

    Linux, Python 3.12 or newer, as root or where users may make namespaces. Must come before any thread is started.
    """
    unshare = getattr(os, "unshare", None)
    if unshare is None:
        return False
    for flags in (_NEW_NETWORK, _NEW_USER | _NEW_NETWORK):
        try:
            unshare(flags)
        except OSError:
            continue
        return True
    return False


def limit_memory(mib: int) -> None:
    """Bounds the address space of this process, where the system knows such bounds; 0 leaves it as it is."""
    if sys.platform == "win32":
        return
    import resource

    # A worker that runs out of memory aborts; that is no crash to be kept on disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if mib:
        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        wanted = mib * _MIB
        resource.setrlimit(resource.RLIMIT_AS, (wanted if most < 0 else min(wanted, most), most))


def end_at(seconds: float) -> None:
    """Lets the kernel end this process some time after the deadline, should the server be gone by then; 0 calls it off.

    The default action of SIGALRM is not a handler: it ends the process even within Oxigraph.
    """
    if sys.platform == "win32":
        return
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE if seconds else 0)
