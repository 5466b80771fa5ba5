"""Parts of the lowering: each turns one part of a scenario into rows of the tables that a period works on."""
