"""What one submission may use up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What one submission may use up.

    Attributes:
        seconds: Wall time of all its cells together; a cell gets at most half of what is left.
        memory_mb: Address space of each of its processes, in MB.
        processes: Processes and threads at one time, the one that runs the cells included.
        file_mb: Size of each file it writes, in MB.
        answers_mb: Size of the answers that it hands over, in MB.
    """

    seconds: float = 60.0
    memory_mb: int = 2048
    processes: int = 32
    file_mb: int = 64
    answers_mb: float = 2.0
