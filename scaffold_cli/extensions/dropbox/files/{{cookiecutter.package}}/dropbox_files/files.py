"""Files in the application's folder of a Dropbox."""

from dropbox import Dropbox
from dropbox.files import FileMetadata
from werkzeug.datastructures import FileStorage
from werkzeug.utils import secure_filename


def list_files(client: Dropbox) -> list[FileMetadata]:
    """Return the files by name."""
    page = client.files_list_folder("")
    entries = list(page.entries)
    while page.has_more:
        page = client.files_list_folder_continue(page.cursor)
        entries += page.entries
    files = [entry for entry in entries if isinstance(entry, FileMetadata)]
    return sorted(files, key=lambda file: file.name.lower())


def save_file(client: Dropbox, file: FileStorage) -> str:
    """Save an uploaded file and return its name, which Dropbox changes if it is taken."""
    name = secure_filename(file.filename or "") or "unnamed"
    saved = client.files_upload(file.read(), f"/{name}", autorename=True)
    return str(saved.name)
