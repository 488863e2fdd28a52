from .debugger import set_debugger
