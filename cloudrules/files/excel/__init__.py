"""Excel workbooks (.xlsx, .xlsm), read without trust and changed at single cells.

`workbook.open` reads one; `cells.written` gives it with other texts in some cells and everything
else as it was, byte for byte.
"""
