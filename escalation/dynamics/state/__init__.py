"""The state of a crisis: tables of records, read and written by every step of a period.

The readable engine holds each record as a Python object, the compiled one as a row of a structured array; a step
sees the same attributes in both. Every attribute is a float or an int of eight bytes, so that a whole crisis is one
block of memory which is copied to begin a run. Times are days after the start; `math.inf` where nothing is due;
indices are -1 where there is none, and then no table is asked for the row: Python would give its last one, and machine
code what lies before it in memory.

A string below an attribute says what it is; the description of the model after the ODD protocol is made of these words.
"""

from escalation.dynamics.state.actors import ActorState, PledgeState
from escalation.dynamics.state.crisis import BY_ACT, QUIET, SCRATCH, Clock, Crisis, Option
from escalation.dynamics.state.draws import ParameterState, QuantileState
from escalation.dynamics.state.events import EventState, HypothesisState, IncidentState, SignalState
from escalation.dynamics.state.fronts import FrontState, PairState, ReasonsState
from escalation.dynamics.state.rules import RulesState

__all__ = [
    "BY_ACT",
    "QUIET",
    "SCRATCH",
    "ActorState",
    "Clock",
    "Crisis",
    "EventState",
    "FrontState",
    "HypothesisState",
    "IncidentState",
    "Option",
    "PairState",
    "ParameterState",
    "PledgeState",
    "QuantileState",
    "ReasonsState",
    "RulesState",
    "SignalState",
]
