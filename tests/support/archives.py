"""Archives of accounts, made as networks make them."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

Record = Mapping[str, object]


def zipped(path: Path, files: Mapping[str, bytes | str]) -> Path:
    """A zip with some files in it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return path


def script(name: str, told: object, part: int = 0) -> str:
    """A file of X: a line of JavaScript."""
    return f"window.YTD.{name}.part{part} = {json.dumps(told, ensure_ascii=False)}"


def x_account(number: str = "1", name: str = "mira", shown: str = "Mira") -> str:
    """The file that says whose archive it is."""
    account = {"accountId": number, "username": name, "accountDisplayName": shown}
    return script("account", [{"account": account}])


def tweet(number: str, text: str, created_at: str, **more: object) -> dict[str, object]:
    """A post as it stands in an archive of X."""
    return {"tweet": {"id_str": number, "full_text": text, "created_at": created_at, **more}}


def message(number: str, sender: str, recipient: str, text: str, at: str) -> dict[str, object]:
    """A message as it stands in an archive of X."""
    said = {"id": number, "senderId": sender, "recipientId": recipient, "text": text, "urls": []}
    return {"messageCreate": {**said, "createdAt": at}}


def talk(*messages: dict[str, object]) -> dict[str, object]:
    """A conversation of messages."""
    return {"dmConversation": {"conversationId": "1-2", "messages": list(messages)}}


class Repository:
    """A repository of Bluesky that is written to a CAR file (CARv1, DAG-CBOR, one node of the tree)."""

    def __init__(self, did: str) -> None:
        self.did = did
        self.blocks: dict[bytes, bytes] = {}
        self.records: list[tuple[str, bytes]] = []

    def add(self, path: str, record: Record) -> None:
        """Put a record under `collection/key`."""
        self.records.append((path, self.block(_cbor(record))))

    def block(self, content: bytes) -> bytes:
        """Put a block in it; its name."""
        name = b"\x01\x71\x12\x20" + hashlib.sha256(content).digest()
        self.blocks[name] = content
        return name

    def node(self, records: Sequence[tuple[str, bytes]], left: bytes | None = None) -> bytes:
        """Put a node of the tree in it; its name."""
        entries, before = [], b""
        for path, name in sorted(records):
            key = path.encode()
            shared = next(
                (n for n, (a, b) in enumerate(zip(key, before, strict=False)) if a != b),
                min(len(key), len(before)),
            )
            entries.append({"p": shared, "k": key[shared:], "v": _Name(name), "t": None})
            before = key
        return self.block(_cbor({"l": _Name(left) if left else None, "e": entries}))

    def write(self, path: Path, root: bytes | None = None) -> Path:
        """Write it to a file."""
        half = len(self.records) // 2
        ordered = sorted(self.records)
        root = root or self.node(ordered[half:], self.node(ordered[:half]))
        commit = self.block(
            _cbor({"did": self.did, "version": 3, "data": _Name(root), "rev": "a", "sig": b"s"})
        )
        header = _cbor({"roots": [_Name(commit)], "version": 1})
        written = _length(len(header)) + header
        for name, content in self.blocks.items():
            written += _length(len(name) + len(content)) + name + content
        path.write_bytes(written)
        return path


class _Name:
    """The name of a block, where one block refers to another."""

    def __init__(self, name: bytes) -> None:
        self.name = name


def _length(number: int) -> bytes:
    """LEB128."""
    written = b""
    while number > 0x7F:
        written += bytes([number & 0x7F | 0x80])
        number >>= 7
    return written + bytes([number])


def _cbor(told: object) -> bytes:
    """DAG-CBOR of what records are made of."""
    match told:
        case None:
            return b"\xf6"
        case bool():
            return b"\xf5" if told else b"\xf4"
        case int():
            return _head(0, told)
        case bytes():
            return _head(2, len(told)) + told
        case str():
            return _head(3, len(told.encode())) + told.encode()
        case _Name():
            return b"\xd8\x2a" + _cbor(b"\0" + told.name)
        case Mapping():
            ordered = sorted(told.items(), key=lambda pair: (len(pair[0]), pair[0]))
            return _head(5, len(told)) + b"".join(
                _cbor(key) + _cbor(value) for key, value in ordered
            )
        case Sequence():
            return _head(4, len(told)) + b"".join(map(_cbor, told))
    raise TypeError(told)


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    size = 1 if number < 1 << 8 else 2 if number < 1 << 16 else 4
    return bytes([kind << 5 | {1: 24, 2: 25, 4: 26}[size]]) + number.to_bytes(size)
