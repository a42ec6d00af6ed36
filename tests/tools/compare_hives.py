#!/usr/bin/python3
"""Compares guestprep's reader of registry hives with hivex: compare_hives.py DUMP FOLDER."""
import collections
import lzma
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

NUMBERS = {"none": 0, "string": 1, "expand": 2, "binary": 3, "int32": 4, "int32be": 5, "link": 6,
           "string-list": 7, "resource-list": 8, "resource-description": 9,
           "resource-requirements": 10, "int64": 11}


def theirs(path):
    """(key, name) -> set of (type, text), as hivexml tells it; None where it cannot read the hive."""
    done = subprocess.run(["hivexml", str(path)], capture_output=True)
    if done.returncode != 0:
        return None
    try:
        root = ElementTree.fromstring(done.stdout)
    except ElementTree.ParseError:
        return None  # names that XML cannot hold
    found = collections.Counter()
    keys = 0

    def walk(node, key):
        nonlocal keys
        keys += 1
        for value in node.findall("value"):
            name = value.get("key", "") if value.get("default") != "1" else ""
            found[key, name, NUMBERS.get(value.get("type"), value.get("type"))] += 1
        for child in node.findall("node"):
            walk(child, f"{key}\\{child.get('name')}" if key else child.get("name"))

    walk(root.find("node") if root.tag != "node" else root, "")
    return found


def bytes_by_hivex(path, samples):
    """The bytes of some values, read one by one with hivexget."""
    out = {}
    for key, name in samples:
        done = subprocess.run(["hivexget", str(path), "\\" + key, name], capture_output=True)
        if done.returncode == 0:
            out[key, name] = done.stdout
    return out


def ours(dump, path):
    done = subprocess.run([dump, str(path)], capture_output=True)
    if done.returncode != 0:
        return None, []
    found = collections.Counter()
    rows = []
    for line in done.stdout.decode("utf-8").split("\n"):
        if not line:
            continue
        key, name, kind, data = line.split("\x1f")
        # hivex has names for the types of the interface only.
        found[key, name, int(kind) if int(kind) in NUMBERS.values() else "unknown"] += 1
        rows.append((key, name, int(kind), bytes.fromhex(data)))
    return found, rows


def same_text(kind, data, printed):
    """hivexget prints texts as UTF-8 and numbers in decimal; other types as raw bytes."""
    if kind in (1, 2):
        text = data.decode("utf-16-le", "replace").split("\0")[0]
        return printed.decode("utf-8", "replace").rstrip("\n") == text
    if kind == 4 and len(data) == 4:
        return printed.strip() in (str(int.from_bytes(data, "little")).encode(),
                                   str(int.from_bytes(data, "little", signed=True)).encode())
    return True


def main():
    dump, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    compared = values = 0
    wrong = []
    for stored in sorted(folder.rglob("*")):
        if not stored.is_file() or ".LOG" in stored.name or stored.parent.name == "malformed":
            continue
        with tempfile.NamedTemporaryFile() as file:
            data = stored.read_bytes()
            file.write(lzma.decompress(data) if stored.suffix == ".xz" else data)
            file.flush()
            mine, rows = ours(dump, file.name)
            other = theirs(file.name)
            if other is None:
                print(f"{stored.name}: hivex gives nothing to compare with")
                continue
            if mine is None:
                wrong.append(f"{stored.name}: we cannot read it")
                continue
            if mine != other:
                both = list((mine - other).items())[:3], list((other - mine).items())[:3]
                wrong.append(f"{stored.name}: only ours {both[0]}, only theirs {both[1]}")
            samples = rows[::max(1, len(rows) // 50)]
            read = bytes_by_hivex(file.name, [(key, name) for key, name, _, _ in samples if name])
            for key, name, kind, content in samples:
                if (key, name) in read and not same_text(kind, content, read[key, name]):
                    wrong.append(f"{stored.name}: {key}, {name}: {read[key, name][:60]!r}")
            compared += 1
            values += sum(mine.values())
    for line in wrong:
        print(line)
    print(f"{compared} hives, {values} values compared with hivex, {len(wrong)} differ")
    return 1 if wrong or compared == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
