"""The ten stories: each is told with one tool at a time, and returns what was found."""

import shutil
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from scenes import KILLER, Said, Scaffold, Scene, WithTemplate

SETTINGS, README, TESTS = "shop/settings.py", "README.md", "shop/tests/test_caching.py"
NAME, OWN_NAME = 'SITE_NAME = "Shop"', 'SITE_NAME = "The Shop"'
LIMIT, NEW_LIMIT, OWN_LIMIT = ("16 * 1024 * 1024", "32 * 1024 * 1024", "8 * 1024 * 1024")
OWN_TEST = "\n\ndef test_of_the_owners() -> None:\n    assert True\n"
OWN_FUNCTION = "\n\ndef of_the_owners() -> None:\n    pass\n"
OWN_HEADING = "# The best shop in town"


class Told(NamedTuple):
    """What came of a story.

    Attributes:
        facts: A row of the table each: what was looked at, and what was seen.
        well: Whether it ended as the owner wants it.
        answer: The one fact that the page's first table shows.
    """

    facts: Mapping[str, str]
    well: bool
    answer: str


class Story(NamedTuple):
    """A story.

    Attributes:
        title: Its heading.
        text: What happens in it.
        wish: What its owner wants of it: when it counts as ended well.
        tell: Tells it with one tool.
        better: Facts that may be better or worse beside that, and what the best ones begin with.
    """

    title: str
    text: str
    wish: str
    tell: Callable[[Scene], Told]
    better: Mapping[str, str] = {}


def add_later(scene: Scene) -> Told:
    """Add a feature to a project whose settings are edited."""
    scene.begin()
    _rename_site(scene)
    done = scene.choose(caching=True)
    kept = OWN_NAME in scene.read(SETTINGS)
    same = scene.tree() == _made_at_once(scene, caching=True)
    facts = {
        **_exit(done),
        "the owner's line": _kept(kept),
        "the files are those of a project made with the feature": _yes(same),
    }
    return Told(facts, kept and same and not done.exit, "yes" if same else "no")


def remove_edited(scene: Scene) -> Told:
    """Remove a feature to whose test the owner has added one."""
    scene.begin(caching=True)
    scene.append(TESTS, OWN_TEST)
    scene.commit("A test of mine")
    done = scene.choose(caching=False)
    kept = bool(scene.holding("test_of_the_owners"))
    named = TESTS in done.output
    facts = {
        **_exit(done),
        "the owner's test": _kept(kept),
        "the file is named in what it says": _yes(named),
        "the feature's settings": "gone" if "CACHE_" not in scene.read(SETTINGS) else "there",
    }
    return Told(facts, kept and named, "kept" if kept else _lost(done, TESTS))


def flip_option(scene: Scene) -> Told:
    """Change where the application is deployed, with an edited README."""
    scene.begin()
    scene.edit(README, "# Shop", OWN_HEADING)
    scene.commit("A heading of mine")
    done = scene.choose(deploy="uwsgi")
    kept = OWN_HEADING in scene.read(README)
    flipped = "uwsgi" in scene.read("Procfile") and not scene.read("app.json")
    facts = {
        **_exit(done),
        "the owner's heading": _kept(kept),
        "the new answer": "in the files" if flipped else "not in all files",
    }
    return Told(facts, kept and flipped and not done.exit, "yes" if kept and flipped else "no")


def update_over_edits(scene: Scene) -> Told:
    """Update where the owner has edited, and deleted, other places than those that change."""
    scene.begin()
    _rename_site(scene)
    (scene.root / "shop/views.py").unlink()
    scene.commit("No views")
    shown = scene.difference()
    scene.release(2)
    done = scene.update()
    kept = OWN_NAME in scene.read(SETTINGS)
    new = NEW_LIMIT in scene.read(SETTINGS) and "## Limits" in scene.read(README)
    gone = not scene.read("shop/views.py")
    facts = {
        **_exit(done),
        "the owner's line": _kept(kept),
        "what is new": "in the files" if new else "not in all files",
        "the file that the owner deleted": "stays deleted" if gone else "is back",
        "a command that shows what the owner changed": _shows(shown, OWN_NAME),
    }
    well = kept and new and gone and not done.exit
    return Told(facts, well, "yes" if kept and new and gone else "no")


def conflict(scene: Scene) -> Told:
    """Update a line that the owner has changed, too; then do not mend it."""
    scene.begin()
    scene.edit(SETTINGS, LIMIT, OWN_LIMIT)
    scene.commit("Smaller requests")
    scene.release(2)
    done = scene.update()
    text = scene.read(SETTINGS)
    both = OWN_LIMIT in text and NEW_LIMIT in text and "<<<<<<<" in text
    unmerged = SETTINGS in scene.quietly("ls-files", "--unmerged").output
    named = SETTINGS in done.output
    at_once = scene.choose(mail=True)
    scene.git("add", "--all")
    scene.git("commit", "--quiet", "--message", "As it is")
    unmended = "<<<<<<<" in scene.read(SETTINGS)
    later = scene.choose(mail=True)
    facts = {
        **_exit(done),
        "both sides in the file": _yes(both),
        "the file is named in what it says": _yes(named),
        "git shows it as unmerged": _yes(unmerged),
        "another change right then": _refused(at_once),
        "another change, committed as it is": _refused(later) if unmended else "not tried",
    }
    return Told(facts, both and bool(done.exit), f"exit {done.exit}")


def interrupted(scene: Scene) -> Told:
    """Kill an update before each of its writes in turn, and then go on."""
    scene.begin()
    _rename_site(scene)
    scene.release(2)
    before = scene.tree()
    whole = scene.copy("whole")
    assert whole.update().exit == 0
    after = whole.tree()
    points = half = missing = alone = helped = 0
    while (victim := _killed(scene, points + 1)) is not None:
        points += 1
        is_half = victim.tree() not in (before, after)
        half += is_half
        missing += OWN_NAME not in victim.read(SETTINGS)
        said = victim.finish()
        if victim.tree() == after and not any(one.exit for one in said):
            alone += 1
        else:
            victim.quietly("reset", "--hard", "--quiet")
            victim.quietly("clean", "--force", "-d", "--quiet")
            victim.update()
            helped += victim.tree() == after
        if not scene.said and (is_half or any(one.exit for one in said)):
            scene.said += victim.said[: len(said) + 1]
        shutil.rmtree(victim.folder)
    facts = {
        "killed at": f"{points} points",
        "half updated then": f"at {half}",
        "the owner's committed line gone from its file then": f"at {missing}",
        "gone on by": "`scaffold continue`" if _is_ours(scene) else "the same command again",
        "whole by that": f"at {alone}",
        "whole by `git reset --hard`, `git clean -fd` and the same command": f"at {helped} more",
    }
    answer = "everywhere" if alone == points else f"at {alone} of {points} points"
    return Told(facts, alone == points, answer)


def offline(scene: Scene) -> Told:
    """Add a feature where the template's address can't be reached."""
    scene.begin()
    template = scene.folder / "template"
    clone = scene.folder / "clone"
    if template.exists():
        template.rename(clone)
    done = scene.choose(caching=True)
    added = "CACHE_" in scene.read(SETTINGS)
    by_clone = _from_clone(scene, clone, added=added)
    facts = {
        **_exit(done),
        "the feature": "added" if added else "not added",
        "with a clone of the template at hand": by_clone,
        "what the tool keeps in the project for itself": _size(scene.own()),
    }
    answer = "only from a clone" if by_clone.startswith("added") else "no"
    return Told(facts, added and not done.exit, "yes" if added else answer)


def undo(scene: Scene) -> Told:
    """Take back a change, after the owner has written on."""
    scene.begin()
    scene.choose(caching=True)
    scene.said.clear()
    scene.commit("Add caching")
    _rename_site(scene)
    clone = scene.copy("clone")
    shutil.rmtree(clone.root)
    clone.quietly_in(clone.folder, "clone", "--quiet", str(scene.root), str(clone.root))
    revert = ("revert", "--no-edit", "HEAD~1")
    done = scene.run("undo") if _is_ours(scene) else scene.git(*revert)
    kept, gone = OWN_NAME in scene.read(SETTINGS), "CACHE_" not in scene.read(SETTINGS)
    elsewhere = clone.run("undo") if _is_ours(scene) else clone.git(*revert)
    scene.said += clone.said if _is_ours(scene) else []
    by_git = clone.git(*revert) if elsewhere.exit else elsewhere
    facts = {
        "by": "`scaffold undo`" if _is_ours(scene) else "`git revert`; it has no command for it",
        **_exit(done),
        "the change": "taken back" if gone else "still there",
        "the owner's later line": _kept(kept),
        "in another clone, by the same": _refused(elsewhere),
        "in another clone, by `git revert`": _refused(by_git),
    }
    well = kept and gone and not done.exit
    return Told(facts, well, facts["by"].partition(";")[0] if well else "no")


def two_branches(scene: Scene) -> Told:
    """Add a feature on each of two branches, and have git merge them."""
    scene.begin()
    _rename_site(scene)
    for branch, feature in (("one", "caching"), ("two", "mail")):
        scene.quietly("switch", "--quiet", "--create", branch, "main")
        scene.choose(**{feature: True})
        scene.commit(f"Add {feature}")
    scene.said.clear()
    merged = scene.git("merge", "--quiet", "--message", "Merge", "one")
    assert merged.exit in (0, 1), merged.output
    left = _unmerged(scene)
    done = scene.rejoin()
    kept = OWN_NAME in scene.read(SETTINGS)
    same = scene.tree() == _made_at_once(scene, caching=True, mail=True)
    facts = {
        "files that git can't merge": ", ".join(left) or "none",
        "a command that goes on from there": f"`{done.command}`, exit {done.exit}"
        if done
        else "none",
        "conflicts left then": ", ".join(scene.holding("<<<<<<<")) or "none",
        "the owner's line then": _kept(kept),
        "the files are those of a project made with both, with the line": _yes(same),
    }
    return Told(facts, same, "yes" if same else f"{len(left)} files in conflict")


def old_project(scene: Scene) -> Told:
    """Update by two versions at once, over a renamed file that the owner has edited."""
    scene.begin()
    _rename_site(scene)
    scene.append("shop/utils.py", OWN_FUNCTION)
    scene.commit("A function of mine")
    scene.release(2, 3)
    asked = scene.check()
    done = scene.update()
    there = scene.holding("of_the_owners")
    new = NEW_LIMIT in scene.read(SETTINGS) and "links" in scene.read("shop/app.py")
    facts = {
        **_exit(done),
        "the owner's line in the settings": _kept(OWN_NAME in scene.read(SETTINGS)),
        "what is new": "in the files" if new else "not in all files",
        "the owner's function stands in": ", ".join(there) or "no file",
        "a command for CI that fails if there is something new": f"`{asked.command}`, exit {asked.exit}"
        if asked.exit
        else f"none: `{asked.command}`, exit 0",
        "the old file": "gone" if not scene.read("shop/utils.py") else "still there",
    }
    well = there == ["shop/links.py"] and new and not done.exit
    answer = f"in `{'` and `'.join(there)}`" if there else _lost(done, "shop/utils.py")
    return Told(facts, well, answer)


def _rename_site(scene: Scene) -> None:
    """Be the owner, and change a line of the settings."""
    scene.edit(SETTINGS, NAME, OWN_NAME)
    scene.commit("Another name")


def _made_at_once(scene: Scene, **answers: bool) -> dict[str, bytes]:
    """Return the files of a project that was made with these answers, and then edited alike."""
    other = type(scene)(scene.bench, scene.folder.parent / f"{scene.folder.name}-at-once")
    other.begin(**answers)
    _rename_site(other)
    return other.tree()


def _killed(scene: Scene, at: int) -> Scene | None:
    """Return a copy of a project whose update was killed before a write; None if there are fewer."""
    victim = scene.copy(f"killed-{at}")
    path = [str(KILLER), *filter(None, [victim.environ().get("PYTHONPATH")])]
    environ = {"KILL_IN": str(victim.root), "KILL_AT": str(at), "PYTHONPATH": ":".join(path)}
    return victim if victim.update(environ).exit == -signal.SIGKILL else None


def _is_ours(scene: Scene) -> bool:
    return isinstance(scene, Scaffold)


def _from_clone(scene: Scene, clone: Path, *, added: bool) -> str:
    """Say what a tool can do whose template is at hand, but not at its address."""
    if added or not isinstance(scene, WithTemplate):
        return "not needed"
    if scene.tool == "cruft":
        words = ("--skip-apply-ask", "--template-path", str(clone), "--variables-to-update")
        done, way = scene.run("update", *words, '{"caching": true}'), "`--template-path`"
    else:
        scene.git("config", "--global", f"url.file://{clone}.insteadOf", scene.address)
        done, way = scene.choose(caching=True), "git's `url.insteadOf`"
    is_there = "CACHE_" in scene.read(SETTINGS) and not done.exit
    return f"added, by {way}" if is_there else "not added"


def _size(files: Mapping[str, bytes]) -> str:
    size = sum(map(len, files.values()))
    return f"{len(files)} {'files' if len(files) > 1 else 'file'}, {size / 1000:.1f} kB"


def _unmerged(scene: Scene) -> list[str]:
    listed = scene.quietly("diff", "--name-only", "--diff-filter=U").output
    return sorted({*listed.split()})


def _shows(said: Said | None, text: str) -> str:
    """Say whether a command shows a text."""
    if said is None:
        return "none"
    return f"`{said.command}`" if text in said.output else f"`{said.command}` does not show it"


def _exit(done: Said) -> dict[str, str]:
    return {"exit code": str(done.exit)}


def _yes(fact: bool) -> str:
    return "yes" if fact else "no"


def _kept(fact: bool) -> str:
    return "kept" if fact else "gone"


def _lost(done: Said, path: str) -> str:
    return "gone" if path in done.output else "gone, without a word"


def _refused(done: Said) -> str:
    return f"refused, exit {done.exit}" if done.exit else "done, exit 0"


STORIES = (
    Story(
        "A feature is added later",
        "The owner has changed a line of the settings, and adds caching.",
        "the same as with caching from the start, and the line",
        add_later,
    ),
    Story(
        "An edited feature is removed",
        "The owner has added a test to the feature's own, and removes the feature.",
        "the test is not lost without a word",
        remove_edited,
        {"the file is named in what it says": "yes", "the feature's settings": "gone"},
    ),
    Story(
        "An option is flipped",
        "The project goes to Heroku, its README has a heading of the owner's, and now it is to run under uWSGI.",
        "the new answer in all files, and the heading",
        flip_option,
    ),
    Story(
        "An update over edits",
        "The owner has changed a line of the settings and deleted a file; a new version of the template changes other lines, and that file.",
        "the changes of both sides, and the deleted file stays deleted",
        update_over_edits,
    ),
    Story(
        "A conflict",
        "The owner has changed the very line that the new version changes. Nobody mends it; then another feature is asked for.",
        "a conflict that can't be missed: an exit code that says so, both sides in the file",
        conflict,
        {"git shows it as unmerged": "yes"},
    ),
    Story(
        "An interrupted update",
        "The update is killed (`kill -9`) before each of its writes into the project in turn, each time in a fresh copy. A write is a file opened for writing, "
        "renamed or removed by the tool itself, or a git that it tells to change files.",
        "the tool itself makes it whole, wherever it was killed",
        interrupted,
    ),
    Story(
        "Offline",
        "The template's address can't be reached (its repository is moved away; scaffold's template is in its package), and caching is added. "
        "Installing what is new would need a registry, or a cache, with all three.",
        "the feature is added",
        offline,
    ),
    Story(
        "Undo",
        "Caching was added and committed; the owner has changed a line since, and committed that. Now caching is to go as if it had never come.",
        "the change is taken back, and the line stays",
        undo,
        {"in another clone, by the same": "done, exit 0"},
    ),
    Story(
        "Two branches",
        "The owner has changed a line of the settings. Two branches each add a feature; git merges them.",
        "one project with both features, and the line",
        two_branches,
        {"files that git can't merge": "none"},
    ),
    Story(
        "An old project",
        "The project was made by the first version; the third renames a file to which the owner has added a function.",
        "what both versions brought, and the function in the renamed file",
        old_project,
        {"a command for CI that fails if there is something new": "`"},
    ),
)
