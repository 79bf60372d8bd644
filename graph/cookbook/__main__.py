"""Print the questions as Markdown, for docs/cookbook.md."""

from diplograph.graph.cookbook.questions import to_markdown

if __name__ == "__main__":
    print(to_markdown(), end="")
