"""``/api/v1``: the registry to be read by machines, by the same sight as pages, described by OpenAPI.

Read-only: what writes is a sync, a page, an import or the shell. A list is given 50 records at a time
and goes on ``after`` the id it ends with.
"""

from threading import Lock
from typing import Any

from flask import Blueprint, Flask, Response, current_app, render_template
from flask_smorest import Api

from server import access
from server.api.resources import resources
from server.api.shapes import ProblemShape
from server.api.wording import attributes

docs = Blueprint("api_pages", __name__)


class RegistryApi(Api):
    """Describes refusals as ``answers`` gives them, and everything when somebody first asks."""

    ERROR_SCHEMA = ProblemShape

    def __init__(self, app: Flask) -> None:
        self.lock, self.is_described = Lock(), False
        super().__init__(app)

    def described(self) -> dict[str, Any]:
        """The whole description."""
        with self.lock:
            if not self.is_described:
                resources.describe(self, self._app)
                self.is_described = True
        return dict(self.spec.to_dict())

    def _openapi_json(self) -> Response:
        self.described()
        return super()._openapi_json()


def init_app(app: Flask) -> None:
    """Serve the resources, their description, and the page that lists it."""
    app.config.update(
        API_TITLE="Ploughshare",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
    )
    api = RegistryApi(app)
    api.ma_plugin.converter.add_attribute_function(attributes)
    api.register_blueprint(resources)
    app.register_blueprint(docs)
    app.extensions["ddr_api"] = api
    access.declare(app, {"api-docs.openapi_json": access.SIGNED_IN})


@docs.get("/api/docs")
@access.signed_in
def described() -> str:
    """What can be asked, for people: the same description that ``openapi.json`` gives to machines."""
    return render_template("api/docs.html", paths=_paths())


def _paths() -> list[dict[str, Any]]:
    """Each address with its summary and questions."""
    spec = current_app.extensions["ddr_api"].described()
    return [
        {
            "path": path,
            "summary": operations["get"].get("summary", ""),
            "asked": [one for one in _resolved(spec, operations["get"]) if one["in"] == "query"],
        }
        for path, operations in spec["paths"].items()
        if "get" in operations
    ]


def _resolved(spec: dict[str, Any], operation: dict[str, Any]) -> list[dict[str, Any]]:
    parameters = spec.get("components", {}).get("parameters", {})
    return [
        parameters[one["$ref"].rpartition("/")[2]] if "$ref" in one else one
        for one in operation.get("parameters", [])
    ]
