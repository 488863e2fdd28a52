class Base(Model):
    """What every model inherits from: ``class Page(Base)``."""

    class Meta:
        database = db


class Page(Base):
    """A page of text, shown at ``/pages/<id>``."""

    id = AutoField()
    title = CharField(max_length=200)
    text = TextField(default="")

    class Meta:
        table_name = "pages"
