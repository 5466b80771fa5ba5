"""Machine code of an entry: what is kept of it, how it is loaded into a process, and how it is called.

This needs the code generator's library alone. So a process that reads what was kept does not wait for a compiler.

An entry takes arrays, whole numbers, and tuples of these, and returns nothing. It is called with one row of words. The
row holds all that it takes, one after the other; an array is the words by which numba knows it.
"""

from __future__ import annotations

import array
import ctypes
import os
import platform
import threading
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from llvmlite import binding
from numpy.typing import NDArray

__all__ = ["NEAR", "MachineCode", "load", "packed", "processor"]

_MEMINFO, _PARENT = 0, 0
"""Words of an array that tell who owns its memory: machine code asks nobody."""
_BY_LLVMLITE = platform.system() == "Linux" and platform.machine() in {"aarch64", "x86_64"}
"""Where sections of a program can come to lie too far apart, unless they get their memory in one piece."""
NEAR = platform.system() == "Linux" and platform.machine() == "x86_64"
"""Whether code can count on its constants lying near it: each then takes one short step to read, and not two long."""
_SETTINGS = ("NUMBA_CPU_NAME", "NUMBA_CPU_FEATURES", "NUMBA_OPT", "NUMBA_ENABLE_AVX")
"""Variables of the environment that change what numba makes."""
_LOADED: list[Any] = []
"""What holds machine code in memory, for as long as the process lives."""
_LOADING = threading.Lock()


class MachineCode(NamedTuple):
    """Machine code of an entry.

    Parameters
    ----------
    content
        Object file, as the code generator writes it.
    name
        Name of the function in it: it takes the address of a row of words, and returns 0.
    words
        How many words it reads.
    needs
        Names of functions that it calls and does not hold.
    """

    content: bytes
    name: str
    words: int
    needs: tuple[str, ...]


def processor() -> tuple[str, ...]:
    """What the code generator is told of the processor, and of what it may use."""
    features = binding.get_host_cpu_features().flatten()
    settings = [f"{name}={os.environ[name]}" for name in _SETTINGS if name in os.environ]
    return binding.get_process_triple(), binding.get_host_cpu_name(), features, *settings


def packed(arguments: tuple[Any, ...]) -> tuple[tuple[Any, ...], array.array[int]]:
    """Kinds of arguments, and their words one after the other; machine code made for some kinds takes no others.

    Raises
    ------
    TypeError
        If an entry cannot take an argument.

    Examples
    --------
    >>> kinds, words = packed((np.zeros((2, 3)), (True, 5)))
    >>> kinds, len(words), list(words)[-6:]
    ((('d', 2), ('i', 'i')), 11, [2, 3, 24, 8, 1, 5])
    """
    words: list[int] = []
    return _pack(arguments, words), array.array("q", words)


def _pack(arguments: tuple[Any, ...], words: list[int]) -> tuple[Any, ...]:
    """Kinds of arguments, whose words are added to some."""
    kinds: list[Any] = []
    for argument in arguments:
        if isinstance(argument, np.ndarray):
            if not argument.flags.c_contiguous:
                raise TypeError("an entry takes arrays whose rows lie one after the other, without gaps")
            kinds.append((argument.dtype.char, argument.ndim))
            address = _address(argument)
            words += (_MEMINFO, _PARENT, argument.size, argument.itemsize, address, *argument.shape, *argument.strides)
        elif isinstance(argument, tuple):
            kinds.append(_pack(argument, words))
        elif isinstance(argument, int | np.integer):
            kinds.append("i")
            words.append(int(argument))
        else:
            raise TypeError(f"an entry takes arrays, whole numbers and tuples of them, no {type(argument).__name__}")
    return tuple(kinds)


def _address(numbers: NDArray[Any]) -> int:
    """Where an array lies; numpy's own answer takes three times as long, and a call has some thirty arrays."""
    if not numbers.size:
        return 0
    if numbers.flags.writeable:
        memory: Any = numbers
        return ctypes.addressof(ctypes.c_char.from_buffer(memory))
    return numbers.ctypes.data


def load(code: MachineCode) -> Callable[[array.array[int]], None] | None:
    """Load machine code into the process, and return what calls it with words; None if the process lacks what it needs.

    The caller sees to it that the words are of the kinds that it was made for.
    """
    with _LOADING:
        binding.initialize_native_target()
        binding.initialize_native_asmprinter()
        module = binding.parse_assembly("")
        target = binding.Target.from_triple(binding.get_process_triple()).create_target_machine()
        engine = binding.create_mcjit_compiler(module, target, use_lmm=_BY_LLVMLITE)
        # The process's own functions are not found before there is an engine. One that is not found would end it.
        if any(binding.address_of_symbol(name) is None for name in code.needs):
            return None
        engine.add_object_file(binding.object_file.ObjectFileRef.from_data(code.content))
        engine.finalize_object()
        # Python gives back the memory of an engine that nobody holds, and the machine code in it.
        _LOADED.append(engine)
        function = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)(engine.get_function_address(code.name))

    def call(words: array.array[int]) -> None:
        if len(words) != code.words:
            raise TypeError(f"{code.name} reads {code.words} words, and was given {len(words)}")
        if function(words.buffer_info()[0]) != 0:
            raise RuntimeError(f"{code.name} did not come to its end")

    return call
