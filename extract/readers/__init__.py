"""Files and streams as documents: plain text, Markdown, HTML, JSON lines, CSV, folders, "-".

`read_inputs` never raises for a faulty input: it yields a refusal in its place, so that one bad file
does not end a batch.
"""

from diplograph.extract.readers.files import SUFFIXES, read_inputs

__all__ = ["SUFFIXES", "read_inputs"]
