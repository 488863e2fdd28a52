"""The fast path: Flask's answers, hooks and order, in a fraction of the time.

Nothing of it is to be seen but the speed. Every public hook of Flask may be overridden,
and is called as ever, but where it is Flask's own and has nothing to do:

- ``request``: attributes are computed when they are read;
- ``routing``: a host that was checked is remembered, and so is a rule without variables;
- ``contexts``: signals are sent where somebody receives them;
- ``sessions``: the session is opened when it is touched, its keys are derived once, and
  what a cookie was found to hold is remembered;
- ``responses``: text and bytes become a response directly, and are sent as they are;
- ``data``: JSON is written by an encoder that is made once;
- ``by_orjson``: or by orjson, where it is installed and writes the same;
- ``templates``: global names are merged by dictionaries themselves;
- ``hooks``: Flask's hooks do less where there is less to do;
- ``direct``: a hook that has nothing to do is not called, which ``looks`` makes sure of;
- ``application``: ``FastPath``, which answers.

Where you, a subclass or an extension put something else in a piece's place, or patched
a method of Flask, that runs, and the other hooks are called one by one. ``stock`` lists the versions that the
tests passed on: on others the fast path stays off, and the log says so once.

``FAST = False`` in the settings switches it off. To take it out for good, derive
``App`` in ``core/app.py`` from ``flask.Flask`` and delete this folder.
"""

from .application import FastPath

__all__ = ["FastPath"]
