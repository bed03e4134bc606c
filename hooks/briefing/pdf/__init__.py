"""The briefing in print: documents made from its pages and claims, set as tagged PDF.

pages -> chapters of plain nodes -> a document of chapters -> Typst, with one fixed template.
"""
