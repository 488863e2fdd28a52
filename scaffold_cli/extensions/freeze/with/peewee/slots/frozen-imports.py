from .models import Page
