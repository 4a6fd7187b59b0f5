"""The drawing room: from an argument map to a scene, and from a scene to SVG and HTML.

The way of a picture: `plan` chooses what is shown and how large everything is, `bare_dot` asks an engine where it
should go, a `Flow` puts it there. Everything here is pure: engines and files are elsewhere.
"""
