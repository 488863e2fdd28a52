"""The models: what the application knows and keeps."""

# slot: model-imports


# slot: models
