"""The texts that a map is about: finding quotations in them, and how much of them a map accounts for.

Nothing here reads a file (see `argmap.project.sources`).
"""
