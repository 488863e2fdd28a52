"""The API's documentation as a page: Swagger UI, served from the installed package."""

from flask import Blueprint, render_template
from swagger_ui_bundle import swagger_ui_path

blueprint = Blueprint(
    "api_docs",
    __name__,
    template_folder="templates",
    static_folder=swagger_ui_path,
    static_url_path="/swagger-ui",
)


@blueprint.get("")
def docs() -> str:
    """Show what the API offers, to read and to try."""
    return render_template("api/docs.html")
