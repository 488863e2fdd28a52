from .frozen_urls import frozen_urls
