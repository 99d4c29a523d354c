"""What an editor hands in through the browser: the form, its limits, and the way into the queue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django import forms
from django.core.files.uploadedfile import UploadedFile

from . import limits, queue
from .forms import EdtfField
from .models import KINDS, Upload
from .records import READ_KINDS
from .storage import storable

TOGETHER = limits.UNPACKED  # bytes of one form
SIDECAR = ".meta.yaml"
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")  # in a file's name


class UploadForm(forms.Form):
    """What is said about all files of an upload, and a text that was pasted."""

    collection = forms.CharField(max_length=200, required=False)
    kind = forms.ChoiceField(
        choices=[("", "Found by its content"), *((value, label) for value, label in KINDS if value in READ_KINDS)],
        required=False,
    )
    date = EdtfField(max_length=40)
    source_url = forms.URLField(max_length=1000, required=False, assume_scheme="https")
    text = forms.CharField(
        max_length=limits.CHARACTERS, required=False, strip=False, widget=forms.Textarea(attrs={"rows": 8})
    )

    def options(self) -> dict[str, str]:
        said = {name: self.cleaned_data[name] for name in ("collection", "kind", "date", "source_url")}
        return {name: UNSEEN.sub(" ", value).strip() for name, value in said.items() if value}

    def pasted(self) -> list[tuple[str, bytes]]:
        text = self.cleaned_data["text"]
        return [("pasted text.txt", text.encode("utf-8", "replace"))] if text.strip() else []


@dataclass
class Received:
    """What became of files handed in: how many were taken, which were there before, and why others were refused."""

    taken: int = 0
    twice: int = 0
    refused: dict[str, str] = field(default_factory=dict)  # by name

    def sentences(self) -> Iterator[str]:
        yield from self.refused.values()
        if self.twice:
            yield f"{self.twice} of the files {'was' if self.twice == 1 else 'were'} there twice, and will be read once."


def receive(upload: Upload, files: Iterable[tuple[str, bytes]]) -> Received:
    """Put files, by name and content, into the queue of an upload."""
    received, good = Received(), []
    for name, content in files:
        if reason := refusal(name, len(content)):
            received.refused[name] = reason
        else:
            good.append(queue.Handed(name, content, upload.options))
    received.taken = queue.enqueue_upload(upload, good)
    received.twice = len(good) - received.taken
    return received


def refusal(name: str, size: int) -> str:
    """Why a file is not even put into the queue; "" when it is."""
    if name.endswith(SIDECAR):
        return f"{name} describes the document beside it: pack the two into a ZIP archive, so that they stay together."
    if size > limits.FILE:
        return f"{name} is larger than {limits.FILE // limits.MB} MB. Split it into its documents."
    return ""


def contents(files: list[UploadedFile], paths: list[str]) -> Iterator[tuple[str, bytes]]:
    """The uploaded files by name, with the folders that a script says they lay in. What is too large is not read."""
    for number, file in enumerate(files):
        path = paths[number] if len(paths) == len(files) else file.name
        name = storable(UNSEEN.sub("\ufffd", path or file.name), 500)
        yield name, file.read(limits.FILE + 1)
