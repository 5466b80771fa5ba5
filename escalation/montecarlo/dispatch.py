"""Sending blocks to an executor: a few at a time, none lost, Ctrl-C heeded."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from escalation.montecarlo.blocks import Answer, Block, Work, work_for
from escalation.montecarlo.gathered import Gathered
from escalation.montecarlo.progress import Progress
from escalation.montecarlo.stopping import Watch
from escalation.montecarlo.store import Store
from escalation.world.scenario import Scenario

if TYPE_CHECKING:
    from escalation.engines.lower import Lowered

__all__ = ["play"]

PATIENCE = 5.0
"""Seconds for which an interrupted study waits for the blocks that are being played."""


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
    store: Store | None = None,
    watch: Watch | None = None,
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
    store
        Keeps every finished block, of a single world.
    watch
        Says when there are enough runs.

    Raises
    ------
    KeyboardInterrupt
        If Ctrl-C was pressed before the first run was finished.
    """

    def take(asked: Block, answer: Answer) -> None:
        gathered.put(asked, answer)
        if store is not None:
            store.write(asked, answer[1])

    def enough() -> bool:
        return watch is not None and watch.look(gathered)

    own = ThreadPoolExecutor(workers, thread_name_prefix="escalation")
    sender = _Sender(own, executor, scenarios, lowered, seed)
    blocks = gathered.missing()
    try:
        with progress:
            sender.send(blocks, in_flight)
            while sender.sent and not enough():
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


class _Sender:
    """Blocks on their way: sent to an executor, and to threads of our own where it loses them."""

    def __init__(
        self,
        own: ThreadPoolExecutor,
        executor: Executor | None,
        scenarios: Sequence[Scenario],
        lowered: Sequence[Lowered],
        seed: int,
    ) -> None:
        self._own, self._executor = own, own if executor is None else executor
        self._own_work: Work = work_for(own, scenarios, lowered, seed=seed)
        self._work: Work = work_for(self._executor, scenarios, lowered, seed=seed)
        self._warned = False
        self.sent: dict[Future[Answer], Block] = {}
        # `concurrent.futures.wait` holds the locks of all futures at once, and Ctrl-C in that moment leaves them held:
        # the threads that play would then wait for ever. A queue holds none.
        self._back: SimpleQueue[Future[Answer]] = SimpleQueue()
        self._rescued: set[Future[Answer]] = set()

    def send(self, blocks: Iterator[Block], in_flight: int) -> None:
        """Send blocks until `in_flight` are on their way or none is left."""
        while len(self.sent) < in_flight and (block := next(blocks, None)) is not None:
            try:
                self._await(self._executor.submit(self._work, block), block)
            except RuntimeError as error:  # a broken pool, or one that was shut down
                self._rescue(block, error)

    def collect(self) -> Iterator[tuple[Block, Answer]]:
        """Wait for a block to come back; a lost one is played again on our own threads."""
        future = self._back.get()
        block = self.sent.get(future)
        if block is None:  # told twice
            return
        try:
            answer = future.result()
        except Exception as error:  # a worker may be lost in any way; a real fault comes back
            del self.sent[future]
            if self._executor is self._own or future in self._rescued:
                raise
            self._rescue(block, error)
        else:
            yield block, answer
            # Not before it has been taken, so that Ctrl-C in the middle of that loses nothing.
            del self.sent[future]

    def give_up(self) -> Iterator[tuple[Block, Answer]]:
        """Stop sending, and wait a little for what is being played."""
        self.cancel()
        end = time.monotonic() + PATIENCE
        with suppress(KeyboardInterrupt, Empty):  # a second Ctrl-C, or patience at its end: wait no longer
            while not all(future.done() for future in self.sent):
                self._back.get(timeout=max(end - time.monotonic(), 0.0))
        for future, block in self.sent.items():
            if future.done() and not future.cancelled() and future.exception() is None:
                yield block, future.result()

    def cancel(self) -> None:
        """Take back what no worker has begun."""
        for future in self.sent:
            future.cancel()

    def _rescue(self, block: Block, error: Exception) -> None:
        if self._executor is self._own:
            raise error
        if not self._warned:
            self._warned = True
            warnings.warn(
                f"the executor lost a block ({type(error).__name__}: {error}); it is played here instead",
                RuntimeWarning,
                stacklevel=6,
            )
        future = self._own.submit(self._own_work, block)
        self._rescued.add(future)
        self._await(future, block)

    def _await(self, future: Future[Answer], block: Block) -> None:
        """Note a block that is on its way, to be told when it is back."""
        self.sent[future] = block
        future.add_done_callback(self._back.put)
