"""Images, containers, clusters and units: their files in every combination, read by the tools that deploy them."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
import yaml
from checkers import program, tool
from projects import SLUG, clean_environment, free_port, run
from test_servers_web import configuration, nginx

from scaffold_cli.catalog import Catalog
from scaffold_cli.errors import CatalogError
from scaffold_cli.render import render
from scaffold_cli.testing.selections import Selection
from scaffold_cli.tree import Tree

__all__ = ["nginx"]  # a fixture

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("deploy files")]

# Each of them alone, and then all triples of choices.
ALONE = ("docker", "kubernetes", "systemd")
TRIPLES = (Path(__file__).parent / "combinations/triples.txt").read_text("utf-8").splitlines()

# What an operator may not change by .env: the servers that compose brings, and Huey's queue, which worker and web share.
ADDRESSES = {"COUCHDB_URL", "DATABASE_URL", "HUEY_URL", "MONGO_URI", "REDIS_URL"}
OWN = {"FLASK_DEBUG": "0", "PORT": "8000"}

# Of 100, by systemd's own measure: what serves visitors on a network can't be at 0.
EXPOSED = 20

Json = dict[str, Any]


@pytest.fixture(scope="module")
def trees() -> list[Tree]:
    """What is generated for each selection that is taken."""
    found: list[Tree] = []
    for line in (*ALONE, *TRIPLES):
        selection = Selection.of(line)
        with suppress(CatalogError):
            found.append(render(selection.answers(), Catalog()))
    return found


def written(trees: list[Tree], folder: Path, *files: str) -> list[Path]:
    """Write some of each tree's files into a folder, once where they are the same in several.

    Args:
        trees: The trees; those that lack the first of the files are left out.
        folder: Where the folders are made.
        files: Paths, or beginnings of paths that end in a slash.
    """
    seen: dict[tuple[tuple[str, bytes], ...], Path] = {}
    for tree in trees:
        part = tuple((p, f.content) for p, f in sorted(tree.items()) if p.startswith(files))
        if part in seen or not any(path.startswith(files[0]) for path, _ in part):
            continue
        seen[part] = folder / str(len(seen))
        for path, content in part:
            file = seen[part] / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    assert seen
    return list(seen.values())


def test_hadolint_finds_nothing_in_any_dockerfile(trees: list[Tree], tmp_path: Path) -> None:
    folders = written(trees, tmp_path, "Dockerfile")

    tool("hadolint", *(folder / "Dockerfile" for folder in folders), cwd=tmp_path)


def test_shellcheck_finds_nothing_in_any_script(trees: list[Tree], tmp_path: Path) -> None:
    places = ("bin/", ".devcontainer/post-create.sh")
    scripts = [
        file for p in places for f in written(trees, tmp_path / p, p) for file in f.rglob("*")
    ]

    tool("shellcheck", *filter(Path.is_file, scripts), cwd=tmp_path)


# nginx


@pytest.fixture
def sites(trees: list[Tree], tmp_path: Path) -> list[Path]:
    """nginx's files, each in a whole configuration."""
    whole = []
    for folder in written(trees, tmp_path, "nginx/"):
        [file] = folder.glob("nginx/*.conf")
        whole.append(configuration(file.read_text(), folder))
        whole[-1].write_text(whole[-1].read_text().replace("listen 80;", f"listen {free_port()};"))
    return whole


def test_nginx_takes_each_file(sites: list[Path], nginx: str) -> None:
    for site in sites:
        checked = run(nginx, "-t", "-c", site, cwd=site.parent)

        assert checked.returncode == 0, checked.stderr
        assert "[warn]" not in checked.stderr


def test_gixy_finds_no_hole_in_any_of_them(sites: list[Path]) -> None:
    for site in sites:
        [file] = site.parent.glob("nginx/*.conf")

        assert "No issues found." in tool("gixy", file, cwd=site.parent)


# Compose


class Composed(NamedTuple):
    """What Docker Compose makes of a project's compose.yaml and a .env."""

    dotenv: Json
    services: Json


@pytest.fixture(scope="module")
def composed(trees: list[Tree], tmp_path_factory: pytest.TempPathFactory) -> list[Composed]:
    """All of them, each with a .env that has another value for every setting of .env.example."""
    root = tmp_path_factory.mktemp("compose")
    return [compose(folder) for folder in written(trees, root, "compose.yaml", ".env.example")]


def compose(folder: Path) -> Composed:
    example = (folder / ".env.example").read_text()
    names = {*re.findall(r"^(?:# )?([A-Z0-9_]+)=", example, re.MULTILINE), *OWN}
    dotenv = {name: f"{name.lower()}-of-$me" for name in sorted(names)}
    lines = [f"{name}='{value}'" for name, value in dotenv.items()]
    (folder / ".env").write_text("\n".join(lines))
    done = run(program("docker-compose"), "config", "--format", "json", cwd=folder)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return Composed(dotenv, json.loads(done.stdout.replace("$$", "$"))["services"])


def test_each_setting_comes_from_dotenv_but_for_what_compose_itself_must_say(
    composed: list[Composed],
) -> None:
    for dotenv, services in composed:
        for environment in (s["environment"] for s in services.values() if s["image"] == SLUG):
            changed = {name for name in dotenv if environment.get(name) != dotenv[name]}

            assert changed - ADDRESSES == OWN.keys()
            assert {name: environment[name] for name in OWN} == OWN


def test_addresses_that_compose_sets_are_of_servers_that_are_waited_for(
    composed: list[Composed],
) -> None:
    for dotenv, services in composed:
        for name, service in services.items():
            environment = service.get("environment", {})
            hosts = {
                urlsplit(value).hostname
                for key, value in environment.items()
                if key in ADDRESSES and value != dotenv.get(key)
            }
            # A file has no host; Huey's lies in the volume that the services share.
            assert hosts - {None} <= waited_for(name, services)


def waited_for(name: str, services: Json) -> set[str]:
    """Return what has to be up before a service is started, and before what it waits for is."""
    direct = {*services[name].get("depends_on", {})}
    return direct.union(*(waited_for(other, services) for other in direct))


def test_only_the_application_is_told_its_secret(composed: list[Composed]) -> None:
    for _, services in composed:
        for service in services.values():
            told = "SECRET_KEY" in service.get("environment", {})

            assert told == (service["image"] == SLUG)


@pytest.fixture
def bare(trees: list[Tree], tmp_path: Path) -> Path:
    """A folder with the smallest compose.yaml, and no .env."""
    return written(trees[:1], tmp_path, "compose.yaml")[0]


def test_compose_asks_for_a_secret_key(bare: Path) -> None:
    done = run(program("docker-compose"), "config", "--quiet", cwd=bare)

    assert done.returncode != 0
    assert "SECRET_KEY is missing a value: Set it in .env." in done.stderr


def test_compose_needs_no_dotenv_where_the_environment_has_the_secret_key(bare: Path) -> None:
    surroundings = clean_environment(SECRET_KEY="from the shell")

    done = run(program("docker-compose"), "config", cwd=bare, environment=surroundings)

    assert done.returncode == 0, done.stderr
    assert "SECRET_KEY: from the shell" in done.stdout


# Kubernetes


@pytest.fixture(scope="module")
def clusters(
    trees: list[Tree], tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[Path, list[Json]]]:
    """The folder of each set of manifests, and what kubectl makes of it."""
    root = tmp_path_factory.mktemp("kubernetes")
    return [(folder, built(folder)) for folder in written(trees, root, "kubernetes/")]


def built(folder: Path) -> list[Json]:
    text = tool("kubectl", "kustomize", "kubernetes", cwd=folder)
    (folder / "built.yaml").write_text(text)
    return list(yaml.safe_load_all(text))


def test_kubernetes_takes_every_manifest(clusters: list[tuple[Path, list[Json]]]) -> None:
    files = [folder / "built.yaml" for folder, _ in clusters]

    tool("kubernetes-validate", "--strict", *files, cwd=files[0].parent)


def test_every_manifest_is_applied(clusters: list[tuple[Path, list[Json]]]) -> None:
    for folder, manifests in clusters:
        files = {path.name for path in (folder / "kubernetes").iterdir()} - {"kustomization.yaml"}

        # One a file, and the map of settings, which kustomize makes.
        assert len(manifests) == len(files) + 1


def test_pods_take_any_setting_from_the_map_and_the_secret(
    clusters: list[tuple[Path, list[Json]]],
) -> None:
    for _, manifests in clusters:
        [settings] = [m["metadata"]["name"] for m in manifests if m["kind"] == "ConfigMap"]
        containers = [c for m in manifests for c in containers_of(m)]

        assert containers
        for container in containers:
            assert "env" not in container
            assert container["envFrom"] == [
                {"configMapRef": {"name": settings}},
                {"secretRef": {"name": SLUG}},
            ]


def containers_of(manifest: Json) -> Iterator[Json]:
    if manifest["kind"] in ("Deployment", "Job"):
        yield from manifest["spec"]["template"]["spec"]["containers"]


# systemd


@pytest.fixture
def units(trees: list[Tree], tmp_path: Path) -> list[Path]:
    """All units, each folder's for a project in /srv."""
    found = [unit for folder in written(trees, tmp_path, "systemd/") for unit in folder.glob("*/*")]
    for unit in found:
        # What is neither installed nor made here, systemd would miss.
        text = unit.read_text().replace(f"/srv/{SLUG}/.venv/bin/", "/usr/bin/env ")
        unit.write_text(text.replace(f"User={SLUG}", "User=daemon"))
    return found


@pytest.fixture
def services(units: list[Path]) -> list[Path]:
    """Those that start something."""
    return [unit for unit in units if unit.suffix == ".service"]


@pytest.fixture
def analyze() -> str:
    """The path of systemd-analyze; skips the test where there is none."""
    path = shutil.which("systemd-analyze")
    if path is None:
        pytest.skip("needs systemd-analyze")
    return path


def test_systemd_takes_the_units(units: list[Path], analyze: str) -> None:
    for unit in units:
        checked = run(analyze, "verify", "--man=no", unit, cwd=unit.parent)

        assert (checked.returncode, checked.stderr) == (0, ""), unit.read_text()


def test_systemd_finds_services_confined(services: list[Path], analyze: str) -> None:
    for unit in services:
        words = ("security", "--offline=yes", f"--threshold={EXPOSED}", "--no-pager", unit)
        checked = run(analyze, *words, cwd=unit.parent)

        assert checked.returncode == 0, checked.stdout + checked.stderr


def test_units_take_any_setting_from_a_file_and_leave_debug_off(services: list[Path]) -> None:
    for unit in services:
        text = unit.read_text()

        assert re.findall("^EnvironmentFile=(.*)$", text, re.MULTILINE) == [f"/etc/{SLUG}.env"]
        # It is what a .env that was copied along can't change.
        assert re.search(r"^Environment=FLASK_DEBUG=0\b", text, re.MULTILINE)
