"""Ctrl-C during a fit is heard wherever it falls, and heeded where it is asked for."""

from __future__ import annotations

import os
import signal
import threading
import weakref

import pytest

from escalation.analysis.fit.counts.interrupt import interrupts_deferred


class Thing:
    pass


def press() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def test_one_that_falls_into_a_weak_references_callback_is_not_lost() -> None:
    reached = []

    def fit() -> None:
        with interrupts_deferred() as heed:
            thing = Thing()
            seen = weakref.ref(thing, lambda _: press())
            del thing
            assert seen() is None
            reached.append("after the press")
            heed()
            reached.append("after the asking")

    with pytest.raises(KeyboardInterrupt):
        fit()
    assert reached == ["after the press"]


def test_before_it_is_pressed_asking_does_nothing_and_the_end_raises_it() -> None:
    reached = []

    def fit() -> None:
        with interrupts_deferred() as heed:
            heed()
            press()
            reached.append("the end")

    with pytest.raises(KeyboardInterrupt):
        fit()
    assert reached == ["the end"]


def test_a_second_is_raised_at_once() -> None:
    reached = []

    def fit() -> None:
        with interrupts_deferred():
            press()
            reached.append("after the first")
            press()
            reached.append("after the second")

    with pytest.raises(KeyboardInterrupt):
        fit()
    assert reached == ["after the first"]


def test_the_handler_of_before_comes_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with interrupts_deferred():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_in_another_thread_nothing_is_changed() -> None:
    seen = []

    def within() -> None:
        with interrupts_deferred() as heed:
            heed()
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=within)
    thread.start()
    thread.join()
    assert seen == [signal.getsignal(signal.SIGINT)]
