#!/usr/bin/python3
"""Compares guestprep's reader of registry hives with hivex and reglookup, value by value:
compare_hives.py DUMP FOLDER. What lies in FOLDER/malformed may be damaged, and is compared where both
read the whole of it."""
import base64
import collections
import lzma
import pathlib
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree as ElementTree

NUMBERS = {"none": 0, "string": 1, "expand": 2, "binary": 3, "int32": 4, "int32be": 5, "link": 6,
           "string-list": 7, "resource-list": 8, "resource-description": 9,
           "resource-requirements": 10, "int64": 11}
REGLOOKUP = {"NONE": 0, "SZ": 1, "EXPAND_SZ": 2, "BINARY": 3, "DWORD": 4, "DWORD_BE": 5, "LINK": 6,
             "MULTI_SZ": 7, "RSRC_LIST": 8, "RSRC_DESC": 9, "RSRC_REQ_LIST": 10, "QWORD": 11}
# hivexml writes them as they are, and XML cannot hold them.
VISIBLE = {code: 0xe000 + code for code in (*range(1, 9), 11, 12, *range(14, 32), 0xfffe, 0xffff)}


def strings(data):
    text = data[:len(data) // 2 * 2].decode("utf-16-le", "replace")
    return text.translate(VISIBLE).split("\0")


def same(kind, data, told):
    """Is the value `data`, as it is stored, what hivexml tells: bytes, a text, a number, a list?"""
    if isinstance(told, bytes):
        return data == told
    if isinstance(told, list):
        mine = strings(data)
        return told in (mine, mine[:-1])
    if kind in (1, 2, 6):
        return strings(data)[0] == told
    number = int.from_bytes(data, "big" if kind == 5 else "little")
    return number == int(told) % (1 << 8 * len(data))


def told_by(value):
    if value.get("encoding") == "base64":
        return base64.b64decode(value.get("value", ""))
    if value.get("type") == "string-list":
        return [one.text or "" for one in value.findall("string")]
    return value.get("value", "")


def hivex(path):
    """(key, name) -> (type, content); None where it cannot read the hive or write it as XML."""
    done = subprocess.run(["hivexml", str(path)], capture_output=True)
    if done.returncode != 0:
        return None
    try:
        root = ElementTree.fromstring(done.stdout.decode("utf-8", "replace").translate(VISIBLE))
    except ElementTree.ParseError:
        return None
    found = {}

    def walk(node, key):
        for value in node.findall("value"):
            name = value.get("key", "") if value.get("default") != "1" else ""
            found[key, name] = value.get("type"), told_by(value)
        for child in node.findall("node"):
            walk(child, f"{key}\\{child.get('name')}" if key else child.get("name"))

    walk(root.find("node"), "")
    return found


def is_plain(name):
    """reglookup prints other names as they are stored."""
    return all(0x20 <= byte < 0x7f for byte in name)


def reglookup(path):
    """How often each "/key/name" and type is there, where its name is plain."""
    done = subprocess.run(["reglookup", str(path)], capture_output=True)
    found = collections.Counter()
    for row in done.stdout.split(b"\n")[1:]:
        where, _, rest = row.partition(b",")
        kind = rest.partition(b",")[0].decode()
        # A value of the root stands behind two slashes.
        where = b"/" + urllib.parse.unquote_to_bytes(where).lstrip(b"/")
        if kind in REGLOOKUP and is_plain(where):
            found[where, REGLOOKUP[kind]] += 1
    return found


def ours(dump, path):
    """(key, name) -> (type, bytes), and whether that is the whole hive; None where it is no hive."""
    done = subprocess.run([dump, str(path)], capture_output=True)
    if done.returncode not in (0, 3):
        return None, False
    found = {}
    for line in done.stdout.decode("utf-8").split("\n"):
        if line:
            key, name, kind, data = line.split("\x1f")
            found[key, name] = int(kind), bytes.fromhex(data)
    return found, done.returncode == 0


def differences(mine, other):
    for place in mine.keys() ^ other.keys():
        yield f"{place}: only {'ours' if place in mine else 'theirs'}"
    for place in mine.keys() & other.keys():
        kind, data = mine[place]
        name, told = other[place]
        # hivex has no names for the types of devices' properties.
        if NUMBERS.get(name, kind) != kind or not same(kind, data, told):
            yield f"{place}: {kind} {data[:40]!r}, theirs {name} {str(told)[:60]!r}"


def rows(mine):
    """The same of ours."""
    found = collections.Counter()
    for (key, name), (kind, _) in mine.items():
        where = ("/" + key.replace("\\", "/") + "/" * bool(key) + name).encode()
        if kind in REGLOOKUP.values() and is_plain(where):
            found[where, kind] += 1
    return found


def compare(dump, path, may_be_damaged):
    """Values compared, and what differs; None where there is nothing to compare with."""
    mine, is_whole = ours(dump, path)
    if not is_whole:
        return None if may_be_damaged else (0, ["we cannot read the whole of it"])
    other = hivex(path)
    if other is None:
        return None
    wrong = list(differences(mine, other))
    counted, looked_up = rows(mine), reglookup(path)
    for row in (counted - looked_up) | (looked_up - counted):
        wrong.append(f"{row}: {counted[row]} times, {looked_up[row]} times for reglookup")
    return len(mine), wrong


def main():
    dump, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    hives = values = wrong = 0
    for stored in sorted(folder.rglob("*")):
        if not stored.is_file() or ".LOG" in stored.name:
            continue
        with tempfile.NamedTemporaryFile() as file:
            data = stored.read_bytes()
            file.write(lzma.decompress(data) if stored.suffix == ".xz" else data)
            file.flush()
            compared = compare(dump, file.name, stored.parent.name == "malformed")
        if compared is None:
            print(f"{stored.name}: not compared, it is damaged or hivex cannot tell it")
            continue
        hives += 1
        values += compared[0]
        wrong += len(compared[1])
        for line in compared[1][:10]:
            print(f"{stored.name}: {line}")
    print(f"{hives} hives, {values} values compared with hivex and reglookup, {wrong} differ")
    return 1 if wrong or hives == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
