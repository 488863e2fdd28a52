from .frozen_site import FreezeError
