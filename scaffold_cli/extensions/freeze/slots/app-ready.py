app.extensions["freezer"].register_generator(frozen_urls)
