"""The science: a family of mechanisms a module, each mechanism a section with its equations, units, source and switch.

A section begins with a line of comment that bears its name. The lines below it say what the mechanism is, on whose
word, and by what a scenario switches it off: the switch as `escalation.analysis.what_mattered.switches` has it and, in
brackets, the scenario's fields. The description of the model, the citations and the reference are read from there.
"""
