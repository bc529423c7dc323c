"""Core values to what people and programs read. All words shown to people live here, in ja and en.

core value ──pages──▶ blocks ──┬─▶ text ──────▶ terminal
                               └─▶ markdown ──▶ documents
core value ──json──▶ dict
core value ──gantt, front──▶ svg ──▶ picture; ──ics──▶ calendar
fault ─────faults──▶ one line
"""
