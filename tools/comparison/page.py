"""The page: what was found, as Markdown. Nothing in it about a tool's behaviour is written by hand."""

from collections.abc import Iterable, Mapping, Sequence

from scenes import TOOLS, Said
from stories import Story, Told

Results = Mapping[str, tuple[Told, Sequence[Said]]]  # of one story, by tool
HEAD, TAIL = 5, 8  # lines of an output that is cut
WIDTH = 160
INTRODUCTION = """\
# scaffold, copier and cruft: the same ten stories

What becomes of a project when it changes later, and of what its owner wrote meanwhile. Each story was run by a script with
three tools: `make comparison` runs it again, and writes this page, every figure and quotation of it.

{versions}

Each is used as its documentation tells. All projects are in git, and committed before each change. copier and cruft have a small template made for this
([tools/comparison/templates.py](../tools/comparison/templates.py)), with the same files for both, in a local repository with a tag for each version; it is shaped as scaffold's is. scaffold
has its own template, the preset `minimal`, and newer versions of itself in which the same lines are changed. What is gone from a working tree is still in git's history, with all three.

The stories are about one thing only. copier and cruft work with anybody's template, in any language, and templates may run code in them (copier also between versions); scaffold makes Flask applications, and extensions are data.
"""


def page(stories: Iterable[Story], results: Mapping[str, Results]) -> str:
    """Return the page.

    Args:
        stories: The stories, in their order.
        results: What came of each, by title and tool.
    """
    stories = list(stories)
    tools = list(next(iter(results.values())))
    parts = [
        INTRODUCTION.format(versions=_versions(tools)).rstrip(),
        _overview(stories, results, tools),
        _worse(stories, results),
    ]
    for number, story in enumerate(stories, 1):
        parts.append(_section(number, story, results[story.title]))
    return "\n\n".join(parts) + "\n"


def _versions(tools: Iterable[str]) -> str:
    others = [f", {TOOLS[tool].replace('==', ' ')}" for tool in tools if tool in TOOLS]
    return f"Run with scaffold as it is in this repository{''.join(others)}."


def _overview(
    stories: Iterable[Story], results: Mapping[str, Results], tools: Sequence[str]
) -> str:
    rows = []
    for number, story in enumerate(stories, 1):
        cells = [_verdict(results[story.title][tool][0]) for tool in tools]
        link = f"[{story.title}](#{number}-{story.title.lower().replace(' ', '-')})"
        rows.append([str(number), link, story.wish, *cells])
    return _table(["", "story", "what the owner wants", *tools], rows)


def _verdict(told: Told) -> str:
    return told.answer if told.well else f"**{told.answer}**"


def _worse(stories: Iterable[Story], results: Mapping[str, Results]) -> str:
    """Say what another tool did as its owner wants it, or better, and scaffold did not."""
    lines = ["Bold is what is not as the owner wants it.", ""]
    found = []
    for story in stories:
        told = {tool: one for tool, (one, _) in results[story.title].items()}
        ours = told.pop("scaffold")
        if others := [tool for tool, one in told.items() if one.well and not ours.well]:
            found.append(f"- {story.title}, {story.wish}: {', '.join(others)}")
        for fact, best in story.better.items():
            others = [tool for tool, one in told.items() if one.facts[fact].startswith(best)]
            if others and not ours.facts[fact].startswith(best):
                theirs = "; ".join(f"{tool}: {told[tool].facts[fact]}" for tool in others)
                found.append(f"- {story.title}, {fact}: scaffold: {ours.facts[fact]}; {theirs}")
    lines += ["What others did, and scaffold did not:", "", *found] if found else []
    return "\n".join(lines).rstrip()


def _section(number: int, story: Story, told: Results) -> str:
    facts = list(next(iter(told.values()))[0].facts)
    rows = [[fact, *(one.facts.get(fact, "") for one, _ in told.values())] for fact in facts]
    quoted = [
        "```text\n" + "\n\n".join(_quoted(said) for said in told[tool][1]) + "\n```"
        for tool in told
    ]
    return "\n\n".join(
        [
            f"## {number}. {story.title}",
            story.text,
            _table(["", *told], rows),
            "<details>\n<summary>What was run, and what was said</summary>",
            *quoted,
            "</details>",
        ]
    )


def _quoted(said: Said) -> str:
    lines = [_cut(line.rstrip()) for line in said.output.strip("\n").splitlines()]
    if len(lines) > HEAD + TAIL + 1:
        left_out = len(lines) - HEAD - TAIL
        lines = [*lines[:HEAD], f"… ({left_out} more lines)", *lines[-TAIL:]]
    ended = "killed" if said.exit < 0 else f"exit {said.exit}"
    return "\n".join([f"$ {said.command}", *lines, f"[{ended}]"])


def _cut(line: str) -> str:
    return line if len(line) <= WIDTH else line[: WIDTH - 1] + "…"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = ["---"] * len(head)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows))
