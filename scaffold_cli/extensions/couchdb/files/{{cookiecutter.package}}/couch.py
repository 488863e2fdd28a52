"""Databases of documents as CouchDB keeps them: on a server, or in memory."""

import json
from threading import Lock
from typing import Any, Protocol
from urllib.parse import quote, unquote, urlsplit
from uuid import uuid4

import requests

Document = dict[str, Any]


class ConflictError(Exception):
    """Somebody else has changed the document since it was read."""


class Database(Protocol):
    """Documents of JSON. ``_id`` is a document's key, ``_rev`` its revision."""

    def get(self, key: str) -> Document | None:
        """Return the document with this key, or None."""

    def save(self, document: Document) -> Document:
        """Keep a new document, or the next revision of one, and return it.

        :raises ConflictError: when ``_rev`` is not the revision that is kept.
        """

    def delete(self, document: Document) -> None:
        """Forget a document.

        :raises ConflictError: when ``_rev`` is not the revision that is kept.
        """

    def all(self, prefix: str = "") -> list[Document]:
        """Return the documents whose keys begin with a prefix, in order of their keys."""


class ServerDatabase:
    """A database on a CouchDB server, made when the first document is saved.

    For all else that CouchDB can do there is :meth:`send`.
    """

    def __init__(self, url: str, default_name: str, timeout: float) -> None:
        """Take an address with or without a user, a password and a database's name."""
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        name = parts.path.strip("/") or default_name
        self.url = f"{parts.scheme}://{host}/{name}"
        self.timeout = timeout
        self.session = requests.Session()
        # Apart from the address, as that is in the messages of errors.
        if parts.username is not None:
            self.session.auth = unquote(parts.username), unquote(parts.password or "")

    def get(self, key: str) -> Document | None:
        """Return the document with this key, or None."""
        response = self.send("GET", quote(key, safe=""))
        return None if response.status_code == 404 else answer(response)

    def save(self, document: Document) -> Document:
        """Keep a new document, or the next revision of one, and return it."""
        path = quote(document["_id"], safe="")
        response = self.send("PUT", path, json=document)
        if response.status_code == 404:  # there is no database yet
            self.send("PUT")
            response = self.send("PUT", path, json=document)
        return {**document, "_rev": answer(response)["rev"]}

    def delete(self, document: Document) -> None:
        """Forget a document."""
        path = quote(document["_id"], safe="")
        answer(self.send("DELETE", path, params={"rev": document["_rev"]}))

    def all(self, prefix: str = "") -> list[Document]:
        """Return the documents whose keys begin with a prefix, in order of their keys."""
        range_ = {
            "startkey": json.dumps(prefix),
            "endkey": json.dumps(f"{prefix}\ufff0"),
            "include_docs": "true",
        }
        response = self.send("GET", "_all_docs", params=range_)
        if response.status_code == 404:
            return []
        return [row["doc"] for row in answer(response)["rows"]]

    def send(self, method: str, path: str = "", **options: Any) -> requests.Response:
        """Send a request to the database, or to a path below it."""
        url = f"{self.url}/{path}" if path else self.url
        return self.session.request(method, url, timeout=self.timeout, **options)


class MemoryDatabase:
    """A database in the memory of this process."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}  # JSON by key, as nothing else would be kept
        self._lock = Lock()

    def get(self, key: str) -> Document | None:
        """Return the document with this key, or None."""
        return json.loads(self._kept[key]) if key in self._kept else None

    def save(self, document: Document) -> Document:
        """Keep a new document, or the next revision of one, and return it."""
        with self._lock:
            self._check(document)
            number = int(document.get("_rev", "0").partition("-")[0]) + 1
            saved = {**document, "_rev": f"{number}-{uuid4().hex}"}
            self._kept[document["_id"]] = json.dumps(saved)
        return saved

    def delete(self, document: Document) -> None:
        """Forget a document."""
        with self._lock:
            self._check(document)
            del self._kept[document["_id"]]

    def all(self, prefix: str = "") -> list[Document]:
        """Return the documents whose keys begin with a prefix, in order of their keys."""
        kept = sorted(self._kept.items())
        return [json.loads(text) for key, text in kept if key.startswith(prefix)]

    def _check(self, document: Document) -> None:
        """Refuse a document that is not of the revision that is kept."""
        kept = self.get(document["_id"]) or {}
        if document.get("_rev") != kept.get("_rev"):
            raise ConflictError(document["_id"])


def answer(response: requests.Response) -> Any:
    """Return what CouchDB has answered.

    :raises ConflictError: when it says so.
    :raises requests.HTTPError: when it answers with another error.
    """
    if response.status_code == 409:
        raise ConflictError(response.url)
    response.raise_for_status()
    return response.json()
