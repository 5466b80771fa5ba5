"""The readable engine: a Mesa model with an agent for each actor [Kazil2020]_.

It plays the same periods as the compiled engine, bit for bit, and it is the place for decision rules written in
Python: another theory, a person at the keyboard, a language model.
"""

from __future__ import annotations

import dataclasses
import math
import warnings
from collections.abc import Mapping

import mesa

from escalation.arithmetic.draws import uniform
from escalation.arithmetic.keys import LEAK
from escalation.dynamics.acting import available, open_injury
from escalation.dynamics.decision import choose, note_choice, prefer
from escalation.dynamics.outcomes import Outcomes, note_outcomes
from escalation.dynamics.period import close_period, open_period, over
from escalation.dynamics.record import Log, record
from escalation.dynamics.state import ActorState, SignalState
from escalation.dynamics.utility import weigh
from escalation.engines.batches import seed_in_batch
from escalation.engines.buffers import empty_log, empty_outcomes, filled
from escalation.engines.lower import lower, lower_once
from escalation.engines.readable import begin_run, readable_crisis
from escalation.engines.situation import DecisionRule, Move, Received, Situation, Statement
from escalation.engines.statements import heard_by, with_statement
from escalation.engines.tables import views
from escalation.errors import DecisionRuleError, StudyError
from escalation.mechanisms.beliefs_and_signals import days_until_leak
from escalation.mechanisms.time_and_chance import logit_choice
from escalation.whole_numbers import whole_run, whole_seed
from escalation.world.near import near
from escalation.world.scenario import Scenario

__all__ = ["CrisisAgent", "CrisisModel"]

ACTOR_FIELDS = tuple(field.name for field in dataclasses.fields(ActorState))


def _renamed(
    decision_rules: Mapping[str, DecisionRule] | None, rules: Mapping[str, DecisionRule] | None
) -> Mapping[str, DecisionRule] | None:
    """Decision rules, under either of their names."""
    if rules is None:
        return decision_rules
    if decision_rules is not None:
        raise StudyError("rules is the former name of decision_rules; give decision_rules alone")
    warnings.warn("CrisisModel(rules=) is now CrisisModel(decision_rules=)", FutureWarning, stacklevel=3)
    return rules


class CrisisAgent(mesa.Agent):
    """An actor of the crisis.

    Its attributes are those of `escalation.dynamics.state.ActorState`: capability, honesty, domestic pressure and the
    rest. Override `choose` for a decision rule of your own.

    Parameters
    ----------
    model
        The model it belongs to.
    name
        Id of the actor.
    row
        Row of the actor in the tables of the crisis.
    state
        Its state when the run begins.

    Examples
    --------
    >>> import escalation as esc
    >>> class Dove(CrisisAgent):
    ...     def choose(self, situation: Situation) -> str:
    ...         return situation.acts[0]
    >>> model = CrisisModel(esc.load("two-state-deterrence"), seed=1, agents={"challenger": Dove})
    >>> model.play().wars
    0
    """

    model: CrisisModel

    def __init__(self, model: CrisisModel, name: str, row: int, state: ActorState) -> None:
        super().__init__(model)
        self.name = name
        self.row = row
        for field in ACTOR_FIELDS:
            setattr(self, field, getattr(state, field))
        self.front_rows = [f for f, front in enumerate(model.crisis.fronts) if front.actor == row]

    def decide(self) -> None:
        """Choose an act on every front on which a decision falls in this period."""
        crisis = self.model.crisis
        for f in self.front_rows:
            if crisis.fronts[f].deciding > 0:
                weigh(crisis, f)
                if self._by_own_rule:
                    choose(crisis, f)
                else:
                    note_choice(crisis, f, self.option(f))

    @property
    def _by_own_rule(self) -> bool:
        """Whether the model's own rule chooses for this actor."""
        return type(self).choose is CrisisAgent.choose and self.name not in self.model.decision_rules

    def option(self, f: int) -> int:
        """Row of the act chosen on front `f`.

        Parameters
        ----------
        f
            Row of the front.

        Returns
        -------
        int
            Row of the act among the crisis's options.

        Raises
        ------
        DecisionRuleError
            If a rule chooses what is not on offer, or says what cannot be said.
        """
        if self._by_own_rule:
            return prefer(self.model.crisis, f)
        situation = self.model.situation(f)
        rule = self.model.decision_rules.get(self.name)
        answer = self.choose(situation) if rule is None else rule(situation)
        move = answer if isinstance(answer, Move) else Move(answer)
        if move.act not in situation.acts:
            what = f"chose {move.act!r} against {situation.target}, which is not on offer"
            raise self._failed(f"{what}{near(move.act, situation.acts)}", situation)
        last = self.model.crisis.clock[0].period >= self.model.lowered.periods
        for statement in () if last else move.say:
            try:
                self.model.say(self.name, statement)
            except StudyError as error:
                raise self._failed(f"said what it cannot say: {error}", situation) from error
        return self.model.lowered.option_names.index(move.act)

    def _failed(self, what: str, situation: Situation) -> DecisionRuleError:
        return DecisionRuleError(what, actor=self.name, day=situation.day, run=self.model.crisis.clock[0].run)

    def choose(self, situation: Situation) -> str | Move:
        """Choose an act; by default what the model prefers.

        Parameters
        ----------
        situation
            The decision that is to be made.

        Returns
        -------
        str or Move
            Name of an act on offer; with what the actor says besides.
        """
        return situation.preferred


class CrisisModel(mesa.Model):
    """A crisis as a Mesa model: one step is one period.

    Parameters
    ----------
    scenario
        The crisis.
    seed, run
        Which trajectory to play, below 2**64 and 2**40; the compiled engine plays the same one. `mesa.batch_run` may
        leave the seed out, and then it is 0.
    agents
        Agent classes of your own, by actor id.
    decision_rules
        Decision rules of your own, by actor id: functions from a `Situation` to the name of an act, or to a `Move`
        that also speaks.
    recorded
        Whether to keep the record of decisions and beliefs.
    rules
        The former name of `decision_rules`, until the next minor version.

    Raises
    ------
    StudyError
        If seed or run is not allowed, if `mesa.batch_run` loses seeds that were named among its parameters, or if an
        actor is named that the scenario does not have.

    Warns
    -----
    UserWarning
        If `mesa.batch_run` builds a run that it has built before, or may have lost seeds.
    FutureWarning
        If `rules` is given.

    Examples
    --------
    >>> import escalation as esc
    >>> model = CrisisModel(esc.load("two-state-deterrence"), seed=1, run=17)
    >>> model.step()
    >>> model.day
    1.0
    >>> model.play().running
    False
    """

    def __init__(
        self,
        scenario: Scenario,
        *,
        seed: int = 0,
        run: int = 0,
        agents: Mapping[str, type[CrisisAgent]] | None = None,
        decision_rules: Mapping[str, DecisionRule] | None = None,
        recorded: bool = False,
        rules: Mapping[str, DecisionRule] | None = None,
    ) -> None:
        seed, run = whole_seed(seed_in_batch(self, seed)), whole_run(run)
        super().__init__(rng=seed)
        # Newer Mesa keeps a scenario of a class of its own here, and its page would start anew from that one.
        self._scenario = None
        self.lowered = lower_once(scenario)
        self.decision_rules = dict(_renamed(decision_rules, rules) or {})
        self._check_names({**self.decision_rules, **(agents or {})})
        self.crisis = readable_crisis(self.lowered)
        self.outcomes = empty_outcomes(self.lowered, 1)
        self.log = empty_log(self.lowered, periods=None if recorded else 0)
        self.recorded = recorded
        # Agents take the places of the actors' records before the run is set up: the steps of a period then read and
        # write the agents themselves, and no copy has to be kept alike.
        for row, name in enumerate(self.lowered.actor_ids):
            kind = (agents or {}).get(name, CrisisAgent)
            self.crisis.actors[row] = kind(self, name, row, self.crisis.actors[row])  # type: ignore[call-overload]
        begin_run(self.crisis, self.lowered, seed, run)
        self.datacollector = mesa.DataCollector(
            model_reporters={"day": "day", "highest_rung": "highest_rung", "wars": "wars"},
            agent_reporters={"name": "name", "pressure": "pressure", "honesty": "honesty"},
        )
        self._keep()

    def _check_names(self, named: Mapping[str, object]) -> None:
        for name in named:
            if name not in self.lowered.scenario.actors:
                raise StudyError(f"the scenario has no actor {name!r}{near(name, self.lowered.scenario.actors)}")

    def _keep(self) -> None:
        if self.recorded:
            record(self.crisis, self.log)
        self.datacollector.collect(self)

    @property
    def day(self) -> float:
        """Days after the start."""
        return self.crisis.clock[0].now

    @property
    def highest_rung(self) -> str:
        """Highest rung that a chosen act has reached so far."""
        reached = [row for crossed in self.crisis.crossed for row, period in enumerate(crossed) if period >= 0]
        return self.lowered.rung_names[max(reached)]

    @property
    def wars(self) -> int:
        """Number of pairs that came to war in the run."""
        return sum(front.war_period >= 0 for front in self.crisis.fronts) // 2

    def step(self) -> None:
        """Play one period."""
        open_period(self.crisis)
        self.finish_step()

    def finish_step(self) -> None:
        """Play the rest of a period that has been opened: all choose, and what they chose takes effect."""
        self.agents.do("decide")
        close_period(self.crisis)
        self._keep()
        if over(self.crisis) or self.crisis.clock[0].period >= self.lowered.periods:
            self.running = False

    def play(self) -> CrisisModel:
        """Step until the crisis is over.

        Returns
        -------
        CrisisModel
            The model itself.
        """
        while self.running and self.crisis.clock[0].period < self.lowered.periods:
            self.step()
        return self

    def say(self, actor: str, statement: Statement) -> None:
        """Let an actor say something, which is heard at the beginning of the next period.

        It becomes a signal of the scenario that is played, `lowered.scenario`.

        Parameters
        ----------
        actor
            Who speaks.
        statement
            What it says.

        Raises
        ------
        StudyError
            If there is no such actor, or it cannot say this.

        Examples
        --------
        >>> import escalation as esc
        >>> crisis = esc.load("two-state-deterrence")
        >>> model = CrisisModel(crisis, seed=1)
        >>> model.say("challenger", esc.Statement("vow", ("defender",)))
        >>> model.lowered.scenario.signals["challenger-said-1"].date
        1.0
        """
        self._check_names({actor: None})
        scenario, crisis = self.lowered.scenario, self.crisis
        known = heard_by(crisis, scenario, actor)
        self.lowered = lower(with_statement(scenario, actor, statement, day=self.day, known=known))
        # The template of the longer scenario holds the signal in its last row, as it would stand when a run begins.
        signal = SignalState(*views(self.lowered.template, self.lowered).signals[-1].tolist())  # type: ignore[attr-defined]
        # From here on as `escalation.dynamics.beginning` sets up the signals that a scenario has from the start, so
        # that the longer scenario gives the same run.
        if signal.private == 1:
            wait = days_until_leak(signal.leak, uniform(crisis.clock[0], LEAK, signal.key, 0))
            signal.leaks_at = max(signal.day, crisis.clock[0].as_of) + wait
        crisis.signals.append(signal)
        crisis.rules[0].ultimatums = max(crisis.rules[0].ultimatums, int(signal.or_else > 0.0))
        # The day of the next signal is worked out when signals are gone through; until then it knows nothing of this.
        crisis.clock[0].next_signal = -math.inf

    def finished(self) -> tuple[Outcomes, Log]:
        """Outcomes and record of the run so far.

        Returns
        -------
        outcomes : Outcomes
            Arrays of one run.
        log : Log
            What was recorded; empty where nothing was to be.
        """
        note_outcomes(self.crisis, self.outcomes, 0)
        return self.outcomes, filled(self.log, self.crisis.clock[0].period)

    def situation(self, f: int) -> Situation:
        """Describe the decision that falls on front `f`.

        Parameters
        ----------
        f
            Row of the front.

        Returns
        -------
        Situation
            As the actor sees it.
        """
        crisis, names = self.crisis, self.lowered.option_names
        front = crisis.fronts[f]
        back = crisis.fronts[front.reverse]
        offered = [o for o in range(len(names)) if available(crisis, f, o)]
        likely = [0.0] * len(names)
        logit_choice(crisis.actors[front.actor].precision, crisis.value[f], crisis.crowding, likely)
        received = None
        if back.last_open_option > 0:
            received = Received(back.last_open_day, names[back.last_open_option])
        return Situation(
            day=self.day,
            actor=self.lowered.actor_ids[front.actor],
            target=self.lowered.actor_ids[front.target],
            acts=tuple(names[o] for o in offered),
            utilities=tuple(crisis.value[f][o] for o in offered),
            probabilities=tuple(likely[o] for o in offered),
            preferred=names[prefer(crisis, f)],
            resolve=front.resolve,
            fear=front.fear,
            motive=front.motive,
            injury=open_injury(crisis, f),
            received=received,
            heard=heard_by(crisis, self.lowered.scenario, self.lowered.actor_ids[front.actor]),
        )
