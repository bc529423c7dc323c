"""Security checklists as rules: what is owed, why is this exempt, what is the cheapest way there.

    knowledge base --files--> Rulebook --circuit--> Circuit --+--> assessment --+
    service        --files--> Service --situation-------------+--> explanation -+--> render --> cli
    scenario       --files--> Variant                         +--> plan --------+
                                                              |    (problem, solvers)
                                                              +--> comparison --+

`core` is pure; `files` reads the outside world into its values; `render` puts answers into words;
`cli` is the command line.
"""

__version__ = "0.1.0"
