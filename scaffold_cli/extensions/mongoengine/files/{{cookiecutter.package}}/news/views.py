"""Views of the news."""

from flask import abort, render_template, request

from ..models import Article


def index() -> str:
    """List the articles, the newest first; ``?tag=shop`` those with a tag."""
    articles = Article.objects.order_by("-published_at")
    tag = request.args.get("tag", "")
    if tag:
        articles = articles.filter(tags=tag)
    return render_template("news/index.html", articles=articles, tag=tag)


def article(slug: str) -> str:
    """Show one article."""
    article = Article.objects(slug=slug).first()
    if article is None:
        abort(404)
    return render_template("news/article.html", article=article)
