"""Every style holds the words whole, and escapes what its format would take for its own."""

import json
from html.parser import HTMLParser

import pytest

from index.model.collection import Collection
from rag.citation.citation import Citation, Citer
from rag.citation.permalink import permalink, read_permalink
from rag.citation.styles import STYLES, styled
from tests.conftest import SMALL_LETTER, parsed_letter

HOSTILE = r"Een <b>brug</b> & *sluis* kost 50% van {alles} in _2024_ ~ \cite{x} $1^2 # [zie](http://x) `code`."


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Citation:
    text = SMALL_LETTER.replace("Een brug kost 150 miljoen euro in 2024.", HOSTILE)
    document = parsed_letter(tmp_path_factory.mktemp("styles"), text)
    start = document.document.text.index(HOSTILE)
    return Citer(Collection.of([document])).cite(document.document.id, start, start + len(HOSTILE))


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_every_style_ends_its_line(hostile: Citation) -> None:
    for style in STYLES:
        text = styled(hostile, style)
        assert text.endswith("\n")
        assert not text.endswith("\n\n")


def test_plain(hostile: Citation) -> None:
    assert styled(hostile, "plain").startswith(f"“{HOSTILE}” (")


def test_html_shows_the_words_and_no_tag_of_theirs(hostile: Citation) -> None:
    read = _Text()
    read.feed(styled(hostile, "html"))
    assert HOSTILE in read.text
    assert read.tags == ["figure", "blockquote", "p", "figcaption"]


def test_markdown_escapes_its_marks(hostile: Citation) -> None:
    quotation = styled(hostile, "markdown").split("\n\n— ")[0]
    assert quotation.startswith(r"> Een \<b\>brug\</b\> & \*sluis\* kost 50%")
    assert quotation.endswith(r"\[zie\](http://x) \`code\`.")
    assert quotation.removeprefix("> ").replace("\\\\", "\0").replace("\\", "").replace("\0", "\\") == HOSTILE


def test_bibtex_escapes_what_tex_reads(hostile: Citation) -> None:
    entry = styled(hostile, "bibtex")
    abstract = next(line for line in entry.splitlines() if line.strip().startswith("abstract"))
    assert r"\textbackslash{}cite\{x\} \$1\textasciicircum{}2 \#" in abstract
    assert r"kost 50\% van \{alles\} in \_2024\_ \textasciitilde{}" in abstract
    key = entry.partition("{")[2].partition(",")[0]
    assert key == f"woordelijk-{hostile.document.id[:8]}-vraag-2-{hostile.span.start}"


def test_csl_json_is_a_list_of_one(hostile: Citation) -> None:
    (item,) = json.loads(styled(hostile, "csl-json"))
    assert (item["abstract"], item["note"], item["id"]) == (
        HOSTILE,
        "antwoord op vraag 2",
        f"woordelijk-{hostile.document.id[:8]}-vraag-2-{hostile.span.start}",
    )
    assert read_permalink(item["custom"]["woordelijk"]) == permalink(hostile)
    assert "author" not in item
