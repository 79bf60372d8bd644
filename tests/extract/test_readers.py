from __future__ import annotations

import json

import pytest
from conftest import record

from diplograph.errors import InputError
from diplograph.extract.documents import Document
from diplograph.extract.readers import read_inputs
from diplograph.extract.records import Extraction


def names(items):
    return [item[0] if isinstance(item, tuple) else item.id for item in items]


def test_folder_is_searched_and_sorted(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.txt").write_text("B text", encoding="utf-8")
    (tmp_path / "sub" / "a.md").write_text("A text", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    assert names(read_inputs([tmp_path])) == ["b.txt", "sub/a.md"]


def test_jsonl_carries_unknown_keys_along(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps({"id": "n1", "text": "Hello", "date": "2020-01-02", "desk": "world"}), encoding="utf-8")
    (document,) = read_inputs([path])
    assert isinstance(document, Document)
    assert (document.id, document.date, document.metadata) == ("n1", "2020-01-02", {"desk": "world"})


def test_jsonl_of_records_gives_records(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text(record().to_json() + "\n" + '{"text": "plain"}\n', encoding="utf-8")
    first, second = read_inputs([path])
    assert first == record()
    assert isinstance(first, Extraction)
    assert isinstance(second, Document)


def test_csv(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text('id,text,outlet\nr1,"A, quoted",wire\nr2,,wire\n', encoding="utf-8")
    first, second = read_inputs([path])
    assert (first.id, first.text, first.metadata) == ("r1", "A, quoted", {"outlet": "wire"})
    assert isinstance(second[1], InputError)


def test_one_path_is_one_path_and_not_its_letters(tmp_path):
    (tmp_path / "b.txt").write_text("B text", encoding="utf-8")
    assert names(read_inputs(str(tmp_path / "b.txt"))) == ["b.txt"]
    assert names(read_inputs(tmp_path)) == ["b.txt"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_separators_and_headers(tmp_path, separator):
    path = tmp_path / "x.csv"
    path.write_text(f"ID{separator} Text \nr1{separator}A text\n", encoding="utf-8")
    (document,) = read_inputs(path)
    assert (document.id, document.text) == ("r1", "A text")


def test_csv_without_texts_names_its_columns(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("id,body\nr1,A text\n", encoding="utf-8")
    (refusal,) = read_inputs(path)
    assert "'id', 'body'" in str(refusal[1])


def test_a_refused_line_is_named_with_its_file(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text('{"id": "n1", "text": " "}\n', encoding="utf-8")
    (refusal,) = read_inputs(path)
    assert "x.jsonl, line 1" in str(refusal[1])


def test_a_time_of_day_behind_the_date_is_dropped():
    assert Document("A text", date="2024-03-12T10:00:00Z").date == "2024-03-12"
    with pytest.raises(InputError, match="is no date"):
        Document("A text", date="2024-03-12 noon")


def test_html_gives_the_article(tmp_path):
    pytest.importorskip("trafilatura")
    body = "".join(f"<p>Paragraph {i}: the ministers met in Geneva and talked about the treaty.</p>" for i in range(8))
    page = f"<html><head><title>Talks</title></head><body><nav>Home Sport</nav><article>{body}</article></body></html>"
    path = tmp_path / "x.html"
    path.write_text(page, encoding="utf-8")
    (document,) = read_inputs([path])
    assert document.text.startswith("Paragraph 0")
    assert "Sport" not in document.text


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "empty"),
        ("image.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00", "not a text file"),
        ("noise.txt", bytes(range(128, 256)) * 40, "not a text file"),
        ("bad.jsonl", b"{oops}\n", "line 1: not JSON"),
        ("list.jsonl", b"[1]\n", "not an object"),
        ("notext.jsonl", b'{"id": "a"}\n', "no text"),
        ("none.csv", b"a,b\n1,2\n", "no column 'text'"),
    ],
)
def test_faulty_files_are_refused_by_name(tmp_path, name, data, message):
    path = tmp_path / name
    path.write_bytes(data)
    ((where, error),) = read_inputs([path])
    assert message in str(error)
    assert name in where or name in str(error)


def test_missing_file_does_not_end_the_batch(tmp_path):
    good = tmp_path / "good.txt"
    good.write_text("Good text", encoding="utf-8")
    missing, document = read_inputs([tmp_path / "gone.txt", good])
    assert "no such file" in str(missing[1])
    assert document.text == "Good text"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path, encoding):
    path = tmp_path / "x.txt"
    path.write_bytes("Erdoğan – café".replace("ğ", "g").encode(encoding))
    (document,) = read_inputs([path])
    assert document.text == "Erdogan – café"


def test_standard_input(monkeypatch):
    import io
    import sys

    class Stdin:
        buffer = io.BytesIO(b'{"id": "a", "text": "One"}\n{"id": "b", "text": "Two"}\n')

    monkeypatch.setattr(sys, "stdin", Stdin)
    assert names(read_inputs(["-"])) == ["a", "b"]
