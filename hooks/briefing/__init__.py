"""The core of a plan briefing: pages -> claims -> findings, tables, exports.

Nothing in this package imports MkDocs. The map of its modules is in CONTRIBUTING.md.
"""
