"""A city's form in a workbook: where its rows, headings and fields are, and what is in them.

`layout.find` finds them wherever they stand; `words` tells what an answer means; `remarks` reads
what the remarks state.
"""
