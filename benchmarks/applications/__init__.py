"""The talk's three URLs over each framework, with the same bytes, as its documentation shows; talk.py runs them.

Each module has a WSGI application ``app`` (Tornado's handlers speak no WSGI), and run with a port it serves on the framework's own
server: one process, no line for each request.
"""
