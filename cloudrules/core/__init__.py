"""What rules mean: pure values and functions. No files, clock, words; no library but networkx.

A module here imports only modules above it in this list:

errors, memory, figures, days, entry, slips, expression, parser, schema, record, entries, change,
rulebook, names, resolution, service, gates, seal, cycles, part, circuit, situation, evaluation,
decision, domain, implicants, assessment, case, recount, explanation, formulas, problem, bound, net,
dominance, ascent, reduction, order, prerequisites, schedule, purpose, request, planner, trial,
conflict, repair, cores, needs, plan, why, within, cover, certificate, checks, plan_checks,
proof_checks, verification, flow, renewals, calendar, course, lasting, lapses, packing, robustness,
timeline, comparison, witness, universe, prover, clauses, edits, mutation, variation, inquiry, idle,
counting, findings, graph, matching, renaming, joint, responsible, difference, affected, revision,
structure, source, contradiction, examination, rules, checking, hints, mentions, sheet, legend,
heads, numbering, parting, tabular, formula_text, release, clause_words, english_words, passage,
grouping, clause_reader, clause_text, english_text, reach, draft, waiving, drafting, placing,
statement, ends, remark, form, reply, item_texts, printed, claims, hearing, grounds, rereading,
follow, epochs, noticing, contrast, mutants, coverage, receipt.
"""
