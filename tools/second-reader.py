#!/usr/bin/env python3
"""A second reader of cassettes, written from docs/format-v1.md alone.

Usage: second-reader.py [--id ID] [--sha256 DIGEST] [--emulator NAME VERSION] DIRECTORY...

Prints one JSON object per cassette: what it holds, with the merged order of its events, or the step of the
specification's verdict at which it is refused. Exit status 1 if any is refused. Has none of the limits that a reader of
hostile input needs.
"""
import argparse
import base64
import hashlib
import json
import os
import re
import stat
import sys
import threading

LINES = {"input": "input.jsonl", "output": "output.jsonl", "frame": "frames.jsonl", "service-event": "service-events.jsonl"}
REQUIRED = ["input.jsonl", "output.raw", "output.jsonl", "frames.jsonl", "service-events.jsonl", "final.json",
            "scrub-report.json"]
DOCUMENTS = ["final.json", "scrub-report.json", "quota.json", "discovery.json"]
MAX_INT = 2**53 - 1

class Fault(Exception):
    """A cassette is refused, at a step of the verdict."""

    def __init__(self, step, what):
        super().__init__(what)
        self.step = step

class Number(str):
    """A number as it is spelled."""

class Pairs(list):
    """An object as its keys and values, in order and with duplicates."""

def parse_json(data):
    return json.loads(data.decode("utf-8"), object_pairs_hook=Pairs, parse_int=Number, parse_float=Number,
                      parse_constant=lambda word: refuse(word, "JSON"))

# Kinds of value. Each takes a value of parse_json and the path to it, and gives what it means or raises ValueError.

def refuse(path, wanted):
    raise ValueError(f"{path}: {wanted} is expected")

def integer(low, high=MAX_INT):
    def check(value, path):
        if not isinstance(value, Number) or not re.fullmatch("-?[0-9]+", value):
            refuse(path, "an integer")
        # Thirty digits are out of every range, and int() takes no more than some thousand.
        number = int(value) if len(value) < 30 else high + 1
        return number if low <= number <= high else refuse(path, f"an integer from {low} to {high}")
    return check

def number(value, path):
    fits = isinstance(value, Number) and abs(float(value)) < float("inf")
    return float(value) if fits else refuse(path, "a number that a double holds")

def text(value, path):
    return value if isinstance(value, str) and not isinstance(value, Number) else refuse(path, "a string")

def base64_bytes(value, path):
    joined = text(value, path).replace("\r", "").replace("\n", "")
    try:
        decoded = base64.b64decode(joined.encode("ascii"), validate=True)
    except ValueError:
        refuse(path, "standard base64")
    return decoded if base64.b64encode(decoded).decode() == joined else refuse(path, "canonical base64")

def list_of(kind):
    def check(value, path):
        if not isinstance(value, list) or isinstance(value, Pairs):
            refuse(path, "a list")
        return [kind(item, path) for item in value]
    return check

def span(value, path):
    return value if len(list_of(KINDS["nat"])(value, path)) == 2 else refuse(path, "two numbers")

def free_map(value, path):
    """Of two equal keys the last counts, and the numbers of both are looked at."""
    inside = [item for _, item in value] if isinstance(value, Pairs) else refuse(path, "a map")
    while inside:
        item = inside.pop()
        if isinstance(item, Number):
            number(item, path)
        elif isinstance(item, list):
            inside.extend([inner for _, inner in item] if isinstance(item, Pairs) else item)
    return value

KINDS = {
    "int": integer(-MAX_INT), "nat": integer(0), "uint16": integer(0, 65535), "uint32": integer(0, 4294967295),
    "int16": integer(-32768, 32767), "float": number, "text": text, "bytes": base64_bytes, "span": span, "map": free_map,
    "json": lambda value, path: value,
    "bool": lambda value, path: value if isinstance(value, bool) else refuse(path, "true or false"),
    "null": lambda value, path: None if value is None else refuse(path, "null"),
    "counts": lambda value, path: [KINDS["int"](count, path) for _, count in free_map(value, path)],
}

class Object:
    """One of the format's own objects."""

    def __init__(self, fields):
        split = [field.split(":") for field in fields.split()]
        self.optional = {name[:-1] for name, _ in split if name.endswith("?")}
        self.fields = {name.rstrip("?"): kind_of(kind) for name, kind in split}
        self.folded = {fold(name) for name in self.fields}

    def __call__(self, value, path):
        self.check_keys(value, path)
        given = dict(value)
        for name in self.fields:
            if name not in given and name not in self.optional:
                refuse(f"{path}.{name}", "a field")
        return {name: kind(given[name], f"{path}.{name}") for name, kind in self.fields.items() if name in given}

    def check_keys(self, value, path):
        if not isinstance(value, Pairs):
            refuse(path, "an object")
        seen = set()
        for key, inner in value:
            if key in seen or (key not in self.fields and fold(key) in self.folded):
                refuse(path, "every key once and in its own case")
            seen.add(key)
            kind = self.fields.get(key)
            if isinstance(kind, Object) and isinstance(inner, Pairs):
                kind.check_keys(inner, path)

def fold(key):
    return key.upper().lower()

def kind_of(word):
    """ "text" is a kind, "[text]" a list of it; "|" in the end allows null."""
    if word.endswith("|"):
        kind = kind_of(word[:-1])
        return lambda value, path: None if value is None else kind(value, path)
    return list_of(kind_of(word[1:-1])) if word.startswith("[") else KINDS[word]

# Own objects before those that contain them. "?" marks an optional field.
for line in """
size              Rows:uint16 Cols:uint16
cell              Char:int Mode:int16 FG:uint32 BG:uint32
cursor            Row:int Col:int Visible:bool
exit              Code:int Signal:text Exited:bool Signaled:bool Err?:null
digest            sha256:text
harness           name:text binary_path_digest_sha256?:text binary_version?:text capability?:map account_class?:text captured_at?:text freshness_window?:text
command           argv?:[text] workdir_policy:text env_allowlist?:[text] timeout_ms?:int permission_mode?:text
emulator          name:text version:text
terminal          initial_rows:uint16 initial_cols:uint16 locale?:text term?:text pty_mode?:map emulator:emulator
timing            resolution_ms:int clock_policy:text replay_default:text
provenance        git_sha?:text contract_version?:text os:text arch:text recorded_at:text recorder_version:text
input.jsonl       seq:nat t_ms:int kind:text bytes?:bytes key?:text size?:size signal?:text withheld?:bool answer?:bool masked?:[span]
output.jsonl      seq:nat t_ms:int offset:int length:int sha256:text
frames.jsonl      seq:nat t_ms:int size:size text:[text]| cells?:[[cell]|] cursor:cursor title?:text raw_start:nat raw_end:nat parser_offset:nat
service-events.jsonl  seq:nat t_ms:int payload:json
final.json        seq:nat t_ms:int exit?:exit duration_ms:int metadata?:map usage?:map cost_usd?:float routing_actual?:text session_log_path?:text final_text?:text
scrub-report.json status:text rules:[text]| hit_counts:counts| env_allowlist?:[text] intentionally_preserved?:[text] rule_sets?:map artifacts?:map skipped?:map
quota.json        source:text status:text captured_at?:text freshness_window?:text staleness_behavior?:text account_class?:text windows?:[map|] metadata?:map
discovery.json    source:text status:text models?:[text] reasoning_levels?:[text] captured_at?:text freshness_window?:text staleness_behavior?:text metadata?:map
manifest.json     version:int id:text content_digest:digest harness:harness command:command terminal:terminal timing:timing provenance:provenance required_features?:[text] optional?:map
""".strip().split("\n"):
    title, described = line.split(None, 1)
    KINDS[title] = Object(described)

def read_file(folder, name, step, required=False):
    path = os.path.join(folder, name)
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise Fault(step, f"{name} is not a regular file")
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        if required:
            raise Fault(step, f"there is no {name}") from None
        return None

def check_manifest(data, demands):
    read = KINDS["manifest.json"](parse_json(data), "manifest")
    emulator = read["terminal"]["emulator"]
    if read["version"] != 1 or read.get("required_features"):
        raise ValueError("another version, or a feature that version 1 does not have")
    if "" in (read["id"], read["content_digest"]["sha256"], emulator["name"], emulator["version"]):
        raise ValueError("a text is empty that must not be")
    if read["timing"]["resolution_ms"] <= 0:
        raise ValueError("the resolution is not above 0")
    found = {"id": read["id"], "sha256": read["content_digest"]["sha256"],
             "emulator": [emulator["name"], emulator["version"]]}
    for name, wanted in demands.items():
        if wanted is not None and wanted != found[name]:
            raise ValueError(f"another {name} is demanded")
    return read

def read_value(name, data, where):
    try:
        return KINDS[name](parse_json(data), where)
    except (ValueError, RecursionError) as error:
        raise Fault(4, f"{where}: {error}") from None

def records_of(name, data):
    lines = enumerate(data.split(b"\n"), 1)
    return [read_value(name, part, f"{name}:{line}") for line, part in lines if part.strip(b" \t\r")]

def check_order(records, final):
    merged = [(final["seq"], final["t_ms"], "final")]
    for kind, of_kind in records.items():
        own = [(record["seq"], record["t_ms"], kind) for record in of_kind]
        if own != sorted(own):
            raise Fault(5, f"{LINES[kind]}: seq does not rise")
        merged.extend(own)
    merged.sort()
    if [seq for seq, _, _ in merged] != list(range(1, len(merged) + 1)):
        raise Fault(5, "seq is not 1 … N")
    before = 0
    for seq, t_ms, _ in merged:
        if t_ms < before:
            raise Fault(6, f"t_ms falls at seq {seq}")
        before = t_ms
    return merged

def check_chunks(chunks, raw):
    end = 0
    for chunk in chunks:
        offset, length = chunk["offset"], chunk["length"]
        if offset < end or length < 0 or offset + length > len(raw):
            raise Fault(7, "a chunk is not in its place")
        end = offset + length
        if chunk["sha256"] not in ("", hashlib.sha256(raw[offset:end]).hexdigest()):
            raise Fault(7, "a chunk has another digest")

def check_integrity(manifest, files):
    stated = dict(manifest.get("optional") or [])
    if "integrity" not in stated:
        return "absent"
    try:
        integrity = dict(free_map(stated["integrity"], "integrity"))
        entries = {name: dict(entry) for name, entry in integrity["artifacts"]}
        listed = {name: (entry["sha256"], float(entry["size"])) for name, entry in entries.items()}
        own = integrity["manifest_sha256"]
        zeroed = files["manifest.json"].replace(own.encode(), b"0" * 64, 1)
        sound = integrity["algorithm"] == "sha256" and hashlib.sha256(zeroed).hexdigest() == own
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Fault(8, "integrity is not understood") from None
    actual = {name: (hashlib.sha256(data).hexdigest(), len(data)) for name, data in files.items() if name != "manifest.json"}
    if not sound or listed != actual:
        raise Fault(8, "a file is not the one that the manifest vouches for")
    return "verified"

def read_cassette(folder, demands):
    files = {"manifest.json": read_file(folder, "manifest.json", 1, required=True)}
    try:
        manifest = check_manifest(files["manifest.json"], demands)
    except (ValueError, RecursionError) as error:
        raise Fault(1, str(error)) from None
    for name in REQUIRED:
        files[name] = read_file(folder, name, 2, required=True)
    raw = files["output.raw"]
    if hashlib.sha256(raw).hexdigest() != manifest["content_digest"]["sha256"]:
        raise Fault(3, "output.raw has another digest")
    records = {kind: records_of(name, files[name]) for kind, name in LINES.items()}
    documents = {}
    for name in DOCUMENTS:
        data = files[name] if name in files else read_file(folder, name, 4)
        if data is not None:
            files[name] = data
            documents[name] = read_value(name, data, name)
    merged = check_order(records, documents["final.json"])
    check_chunks(records["output"], raw)
    integrity = check_integrity(manifest, files)
    return {"ok": True, "id": manifest["id"], "sha256": hashlib.sha256(raw).hexdigest(), "bytes": len(raw),
            "counts": {kind: len(of_kind) for kind, of_kind in records.items()}, "integrity": integrity,
            "duration_ms": documents["final.json"]["duration_ms"], "events": merged}

def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--id")
    parser.add_argument("--sha256")
    parser.add_argument("--emulator", nargs=2)
    parser.add_argument("folders", nargs="+")
    options = parser.parse_args()
    demands = {"id": options.id, "sha256": options.sha256, "emulator": options.emulator}
    for folder in options.folders:
        try:
            result = read_cassette(folder, demands)
        except Fault as fault:
            result = {"ok": False, "step": fault.step, "fault": str(fault)}
        print(json.dumps({"path": folder, **result}))
        status.append(0 if result["ok"] else 1)

# json recurses, and a payload may nest deeper than a stack of ordinary size allows.
status = []
sys.setrecursionlimit(100_000)
threading.stack_size(512 * 1024 * 1024)
thread = threading.Thread(target=main)
thread.start()
thread.join()
sys.exit(max(status, default=2))
