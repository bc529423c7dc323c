"""What rules mean: pure values and functions. No files, clock, words; no library but networkx.

A module here imports only modules above it in this list:

errors, entry, expression, schema, rulebook, resolution, service, circuit, situation, decision,
implicants, assessment, case, explanation, graph, problem, bound, schedule, purpose, plan,
comparison.
"""
