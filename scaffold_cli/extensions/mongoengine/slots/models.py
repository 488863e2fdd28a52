class Article(Document):
    """A piece of news, shown at ``/news/<slug>``."""

    slug = StringField(primary_key=True, max_length=80)
    title = StringField(required=True, max_length=200)
    text = StringField()
    tags = ListField(StringField(max_length=40))
    published_at = DateTimeField(default=lambda: datetime.now(UTC))

    meta: ClassVar = {"collection": "articles", "indexes": ["-published_at", "tags"]}
