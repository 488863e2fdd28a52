from .notes import notebook
