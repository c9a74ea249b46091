"""Qt glue: what the store knows becomes the state of widgets, what a person does becomes a use case.

Everything here runs on the GUI thread; the one way to and from the asyncio thread is ``bridge``.
"""
