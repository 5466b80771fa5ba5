"""Blocks of runs sent to the pool: gathered, stored and counted as they come back, up to Ctrl-C."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from typing import TYPE_CHECKING

from escalation.montecarlo.blocks import Answer, Block, work_for
from escalation.montecarlo.gathered import Gathered
from escalation.montecarlo.pool import Sender, threads
from escalation.montecarlo.progress import Progress
from escalation.montecarlo.stopping import Watch
from escalation.montecarlo.store import Store
from escalation.world.scenario import Scenario

if TYPE_CHECKING:
    from escalation.engines.lower import Lowered

__all__ = ["play"]


def play(
    scenarios: Sequence[Scenario],
    lowered: Sequence[Lowered],
    *,
    seed: int,
    gathered: Gathered,
    workers: int,
    executor: Executor | None = None,
    in_flight: int,
    progress: Progress,
    stores: Mapping[int, Store],
    watch: Watch,
) -> None:
    """Play what is missing of the runs of one or more worlds.

    Where Ctrl-C is pressed and at least one run is finished, the rest stays missing.

    Parameters
    ----------
    scenarios, lowered
        The worlds, and their arrays.
    seed
        Seed common to them.
    gathered
        Receives the outcomes.
    workers
        Threads to use where no executor is given, or where it loses blocks.
    executor
        Executor to send blocks to.
    in_flight
        Most blocks that are sent and not yet gathered.
    progress
        Told of every finished block.
    stores
        Keep every finished block, each of the world whose number it has.
    watch
        Says when there are enough runs.

    Raises
    ------
    KeyboardInterrupt
        If Ctrl-C was pressed before the first run was finished.
    """

    def take(asked: Block, answer: Answer) -> None:
        # Ctrl-C can fall between the two, or into either. Then `give_up` hands out the same block once more, and both
        # only write the same again.
        gathered.put(asked, answer)
        if asked.world in stores:
            stores[asked.world].write(Block(0, asked.first, asked.count), answer[1])

    own = threads(workers)
    sender = Sender(
        own,
        work_for(own, scenarios, lowered, seed=seed),
        executor=executor,
        sent_work=None if executor is None else work_for(executor, scenarios, lowered, seed=seed),
    )
    blocks = gathered.missing()
    try:
        with progress:
            sender.send(blocks, in_flight)
            while sender.sent and not watch.look(gathered):
                for asked, answer in sender.collect():
                    take(asked, answer)
                    progress.advance(asked.count)
                sender.send(blocks, in_flight)
    except KeyboardInterrupt:
        for asked, answer in sender.give_up():
            take(asked, answer)
        if gathered.finished == 0:
            raise
    finally:
        sender.cancel()
        own.shutdown(wait=False, cancel_futures=True)
