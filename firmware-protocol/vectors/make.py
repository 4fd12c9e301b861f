#!/usr/bin/env python3
"""Makes the vectors that carry computed bytes, without a line of the TypeScript they judge.

Canonical JSON by Python's json (the documents hold strings and integers only, keys in ASCII, where it agrees with
RFC 8785), Ed25519 by the openssl command, hashes and scrypt by hashlib. The other vectors are written by hand.

    python3 firmware-protocol/vectors/make.py && npx biome format --write firmware-protocol/vectors
"""

import base64
import copy
import hashlib
import json
import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
SPKI = bytes.fromhex("302a300506032b6570032100")
PKCS8 = bytes.fromhex("302e020100300506032b657004220420")

# The secret keys of RFC 8032, 7.1, tests 1 to 3: public knowledge, for tests only.
SEEDS = {
    "root-a": "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    "root-b": "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    "province-43": "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    # From here on: SHA-256 of the name.
    "nation": hashlib.sha256(b"nation").hexdigest(),
    "root-c": hashlib.sha256(b"root-c").hexdigest(),
    "nong-khai-1": hashlib.sha256(b"nong-khai-1").hexdigest(),
}


def b64(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def openssl(*words, **files):
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for name, raw in files.items():
            paths[name] = pathlib.Path(folder) / name
            paths[name].write_bytes(raw)
        command = [str(paths.get(word[1:], word)) if word.startswith("@") else word for word in words]
        return subprocess.run(["openssl", *command], check=True, capture_output=True).stdout


def private_der(name):
    return PKCS8 + bytes.fromhex(SEEDS[name])


def public_of(name):
    der = openssl("pkey", "-in", "@key", "-inform", "DER", "-pubout", "-outform", "DER", key=private_der(name))
    assert der.startswith(SPKI)
    return b64(der[len(SPKI):])


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sign(name, document):
    body = {k: v for k, v in document.items() if k not in ("signature", "signatures")}
    value = openssl(
        "pkeyutl", "-sign", "-rawin", "-inkey", "@key", "-keyform", "DER", "-in", "@body",
        key=private_der(name), body=canonical(body).encode(),
    )
    return {"key": name, "value": b64(value)}


def signed(name, document):
    return {**document, "signature": sign(name, document)}


def write(name, content):
    (HERE / name).write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n")


# ---- documents ------------------------------------------------------------------------------------------------------

ANNOUNCEMENT = {
    "title": "แจ้งเตือนน้ำท่วมฉับพลัน",
    "language": "th",
    "agency": "องค์การบริหารส่วนตำบล",
    "tower": {"chime": "ding", "parts": [{"type": "media", "sha256": "0" * 63 + "1", "bytes": 48_000, "ms": 12_000}]},
    "panel": {"pages": [{"text": "น้ำท่วม โปรดระวัง\nสายด่วน ปภ. 1784", "seconds": 10}], "times": 6},
}

ORDER = signed("province-43", {
    "format": 1,
    "id": "01JCKZ5V00000000000000000A",
    "to": ["4301", "43020101"],
    "by": "somchai",
    "issued_at": "2026-11-13T18:30:00.000+07:00",
    "expires_at": "2026-11-13T18:45:00.000+07:00",
    "kind": "announce",
    "band": 60,
    "announcement": ANNOUNCEMENT,
    "outputs": ["tower", "panel"],
})

PROGRAMME = signed("province-43", {
    "format": 1,
    "area": "43",
    "version": 7,
    "by": "somchai",
    "issued_at": "2026-11-01T09:00:00.000+07:00",
    "valid_until": "2026-12-31T23:59:59.000+07:00",
    "entries": [
        {
            "id": "morning-news",
            "starts": "2026-11-01T06:30:00",
            "rule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
            "except": ["2026-12-10T06:30:00"],
            "band": 40,
            "announcement": ANNOUNCEMENT,
        }
    ],
})


def scoped(name, areas, uses, max_band, not_after="2027-12-31T23:59:59.000+07:00"):
    return {
        "id": name,
        "public": public_of(name),
        "areas": areas,
        "uses": uses,
        "max_band": max_band,
        "not_before": "2026-01-01T00:00:00.000+07:00",
        "not_after": not_after,
    }


EVERY_USE = ["announce", "alert", "test", "stop", "all-clear", "programme", "receipt", "time"]
KEYS = [
    scoped("nation", ["th"], EVERY_USE, 90),
    scoped("province-43", ["43"], ["announce", "test", "stop", "programme"], 60),
]


def root(name):
    return {"id": name, "public": public_of(name)}


def key_set(version, roots, threshold, signers, keys=KEYS):
    document = {
        "format": 1,
        "version": version,
        "issued_at": "2026-10-01T00:00:00.000+07:00",
        "threshold": threshold,
        "roots": [root(name) for name in roots],
        "keys": keys,
    }
    return {**document, "signatures": [sign(name, document) for name in signers]}


KEYS_1 = key_set(1, ["root-a", "root-b"], 2, ["root-a", "root-b"])

FIRST_PREV = "0" * 64


def report(n, prev, event, at):
    return {"n": n, "prev": prev, "at": at, "trust": "full", "boot": 12, "event": event}


def hash_of(document):
    return hashlib.sha256(canonical(document).encode()).hexdigest()


def chain():
    events = [
        ({"type": "booted", "version": "0.1.0", "clean": True}, "2026-11-13T18:29:00.000+07:00"),
        ({"type": "accepted", "play": ORDER["id"], "kind": "announce", "outputs": ["tower", "panel"]}, "2026-11-13T18:30:00.120+07:00"),
        ({"type": "started", "play": ORDER["id"], "output": "tower", "band": 60, "title": ANNOUNCEMENT["title"]}, "2026-11-13T18:30:00.900+07:00"),
        ({"type": "ended", "play": ORDER["id"], "output": "tower", "outcome": "finished", "ended_at": "2026-11-13T18:30:14.400+07:00",
          "tower": {"frames": 648_000, "rate_hz": 48_000, "peak_cdbfs": -112, "ms": 13_500, "amplifier": "on", "sink": "alsa"}}, "2026-11-13T18:30:14.410+07:00"),
    ]
    reports, prev = [], FIRST_PREV
    for n, (event, at) in enumerate(events, 1):
        reports.append(report(n, prev, event, at))
        prev = hash_of(reports[-1])
    return reports


REPORTS = chain()
BATCH = signed("nong-khai-1", {"device": "nong-khai-1", "reports": REPORTS})
RECEIPT = signed("nation", {"device": "nong-khai-1", "up_to": 4, "hash": hash_of(REPORTS[-1])})
TIME = signed("nation", {"device": "nong-khai-1", "nonce": "MDEyMzQ1Njc4OWFiY2RlZg", "time": "2026-11-13T18:30:00.000+07:00"})


def altered(document, change):
    other = copy.deepcopy(document)
    change(other)
    return other


def make_signing():
    def good(name, schema, document, key):
        body = {k: v for k, v in document.items() if k != "signature"}
        return {"name": name, "schema": schema, "key": key, "public": public_of(key), "canonical": canonical(body), "document": document, "verifies": True}

    goods = [
        good("an order", "Order", ORDER, "province-43"),
        good("a programme", "Programme", PROGRAMME, "province-43"),
        good("a receipt", "Receipt", RECEIPT, "nation"),
        good("the time", "TimeAnswer", TIME, "nation"),
        good("a batch of reports", "ReportBatch", BATCH, "nong-khai-1"),
    ]

    def bad(name, schema, document, key):
        return {"name": name, "schema": schema, "key": key, "public": public_of(key), "document": document, "verifies": False}

    flipped = ORDER["signature"]["value"]
    flipped = ("A" if flipped[0] != "A" else "B") + flipped[1:]
    bads = [
        bad("another village added", "Order", altered(ORDER, lambda d: d["to"].append("10")), "province-43"),
        bad("the band raised", "Order", altered(ORDER, lambda d: d.update(band=40)), "province-43"),
        bad("a letter of the text changed", "Order", altered(ORDER, lambda d: d["announcement"].update(title="แจ้งเตือนน้ำท่วมฉับพลับ")), "province-43"),
        bad("a member added", "Order", altered(ORDER, lambda d: d.update(at_least_once=True)), "province-43"),
        bad("the expiry written another way", "Order", altered(ORDER, lambda d: d.update(expires_at="2026-11-13T11:45:00.000Z")), "province-43"),
        bad("a bit of the signature flipped", "Order", altered(ORDER, lambda d: d["signature"].update(value=flipped)), "province-43"),
        bad("signed by another key", "Order", altered(ORDER, lambda d: d["signature"].update(value=sign("nation", ORDER)["value"])), "province-43"),
        bad("a receipt for more", "Receipt", altered(RECEIPT, lambda d: d.update(up_to=5)), "nation"),
        bad("a report taken out", "ReportBatch", altered(BATCH, lambda d: d["reports"].pop(1)), "nong-khai-1"),
    ]
    write("signing.json", {"about": "Ed25519 over canonical JSON without `signature`; `verifies` under `public`", "cases": goods + bads})


def make_key_sets():
    next_roots = ["root-b", "root-c"]
    sets = {
        "followed": [key_set(2, next_roots, 2, ["root-a", "root-b", "root-c"]), None],
        "same roots, one more key": [key_set(2, ["root-a", "root-b"], 2, ["root-a", "root-b"], KEYS[:1]), None],
        "rolled back": [key_set(1, ["root-a", "root-b"], 2, ["root-a", "root-b"], KEYS[:1]), "older"],
        "one signature where two are needed": [key_set(2, ["root-a", "root-b"], 2, ["root-a"]), "too-few-signatures"],
        "the same root twice": [key_set(2, ["root-a", "root-b"], 2, ["root-a", "root-a"]), "too-few-signatures"],
        "its own roots only": [key_set(2, ["root-c"], 1, ["root-c"]), "too-few-signatures"],
        "not signed by its own new root": [key_set(2, next_roots, 2, ["root-a", "root-b"]), "too-few-signatures"],
        "altered after signing": [altered(key_set(2, ["root-a", "root-b"], 2, ["root-a", "root-b"]), lambda d: d["keys"][1].update(max_band=90)), "too-few-signatures"],
    }
    write("key-sets.json", {
        "about": "whether `next` may follow `current`; `refusal` null = it may",
        "current": KEYS_1,
        "cases": [{"name": name, "next": document, "refusal": refusal} for name, (document, refusal) in sets.items()],
    })


def make_reports():
    newer = [REPORTS[0], altered(REPORTS[1], lambda r: r.update(battery_mv=12_600))]
    newer.append({**REPORTS[2], "prev": hash_of(newer[1])})
    write("report-chain.json", {
        "about": "`hashes[i]` is the hash of `reports[i]`, the `prev` of the next; `fault` null = a chain",
        "reports": REPORTS,
        "hashes": [hash_of(each) for each in REPORTS],
        "cases": [
            {"name": "from the first", "reports": REPORTS, "fault": None},
            {"name": "going on after 1", "before": {"n": 1, "hash": hash_of(REPORTS[0])}, "reports": REPORTS[1:], "fault": None},
            {"name": "with a member of a later version", "reports": newer, "fault": None},
            {"name": "one left out", "reports": [REPORTS[0], REPORTS[2]], "fault": "report 3 follows 1"},
            {"name": "one rewritten", "reports": [REPORTS[0], altered(REPORTS[1], lambda r: r["event"].update(kind="test")), REPORTS[2]], "fault": "report 3 does not name the hash of 2"},
            {"name": "in another order", "reports": [REPORTS[1], REPORTS[0]], "fault": "report 1 follows 2"},
            {"name": "another device's", "before": {"n": 1, "hash": "f" * 64}, "reports": REPORTS[1:], "fault": "report 2 does not name the hash of 1"},
            {"name": "a first that follows something", "reports": [altered(REPORTS[0], lambda r: r.update(prev="f" * 64))], "fault": "report 1 does not begin a chain"},
        ],
    })


def leaf(text):
    return hashlib.sha256(b"\x00" + text.encode()).digest()


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree(leaves):
    """RFC 6962, 2.1, by its own words: split at the largest power of two below the number of leaves."""
    if len(leaves) == 1:
        return leaves[0], [[]]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    (left, lefts), (right, rights) = tree(leaves[:split]), tree(leaves[split:])
    return node(left, right), [path + [right.hex()] for path in lefts] + [path + [left.hex()] for path in rights]


def receipts_of(count, key="nation"):
    plain = [{"device": f"nong-khai-{at + 1}", "up_to": at + 4, "hash": hashlib.sha256(str(at).encode()).hexdigest()} for at in range(count)]
    root_hash, paths = tree([leaf(canonical(each)) for each in plain])
    signature = sign(key, {"receipts": count, "root": root_hash.hex()})
    return [
        {**each, "page": {"at": at, "of": count, "path": path}, "signature": signature}
        for at, (each, path) in enumerate(zip(plain, paths))
    ]


def make_receipts():
    def case(name, document, verifies):
        return {"name": name, "document": document, "verifies": verifies}

    goods = [case(f"{at + 1} of {count}", receipts_of(count)[at], True) for count in (2, 3, 5, 7, 64) for at in sorted({0, 1, count - 2, count - 1})]
    of_five = receipts_of(5)
    one, two, last = of_five[0], of_five[1], of_five[4]
    bads = [
        case("for more", altered(one, lambda d: d.update(up_to=5)), False),
        case("for another chain", altered(one, lambda d: d.update(hash="f" * 64)), False),
        case("for another device", altered(one, lambda d: d.update(device="nong-khai-2")), False),
        case("a member added", altered(one, lambda d: d.update(kind="alert")), False),
        case("in the place of its neighbour", altered(one, lambda d: d["page"].update(at=1)), False),
        case("by the path of its neighbour", altered(one, lambda d: d.update(page=two["page"])), False),
        case("of a page of another length", altered(one, lambda d: d["page"].update(of=6)), False),
        case("of a page of another length, where the path is as long", altered(last, lambda d: d["page"].update(of=3, at=2)), False),
        case("behind the end of its page", altered(last, lambda d: d["page"].update(at=5)), False),
        case("with a path too short", altered(one, lambda d: d["page"]["path"].pop()), False),
        case("with a path too long", altered(one, lambda d: d["page"]["path"].append("0" * 64)), False),
        case("with a bit of its path turned over", altered(one, lambda d: d["page"]["path"].__setitem__(0, "0" * 64)), False),
        case("with its path in another order", altered(one, lambda d: d["page"]["path"].reverse()), False),
        case("of another page", altered(one, lambda d: d.update(signature=receipts_of(6)[0]["signature"])), False),
        case("under the signature of a single one", altered(one, lambda d: d.update(signature=RECEIPT["signature"])), False),
        case("a single one under the signature of a page", altered(RECEIPT, lambda d: d.update(signature=one["signature"])), False),
        case("out of its page", {key: value for key, value in one.items() if key != "page"}, False),
    ]
    write("receipts.json", {
        "about": "receipts under one signature: the canonical JSON of {receipts, root}; the root is that of an RFC 6962 tree over the canonical JSON of each without `page` and `signature`",
        "key": "nation",
        "public": public_of("nation"),
        "single": RECEIPT,
        "cases": goods + bads,
    })


CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def fingerprint(roots):
    raw = hashlib.scrypt(canonical(roots).encode(), salt=b"prakat root keys", n=16_384, r=8, p=1, dklen=32)
    bits = "".join(f"{byte:08b}" for byte in raw)[:50]
    return "".join(CROCKFORD[int(bits[i:i + 5], 2)] for i in range(0, 50, 5))


def make_enrolment():
    secret = "7Z3KQ1M9XC"
    prints = {", ".join(names): fingerprint([root(name) for name in names]) for names in (["root-a", "root-b"], ["root-b", "root-a"], ["root-c"])}
    whole = secret + prints["root-a, root-b"]
    code = "-".join(whole[i:i + 5] for i in range(0, 20, 5))
    write("enrolment.json", {
        "about": "the code on paper: 10 letters of secret, 10 of fingerprint (first 50 bits of scrypt over the canonical JSON of the roots)",
        "roots": {"root-a, root-b": [root("root-a"), root("root-b")], "root-b, root-a": [root("root-b"), root("root-a")], "root-c": [root("root-c")]},
        "fingerprints": prints,
        "secret": secret,
        "code": code,
        "typed": [code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' - ')} ", code.replace("1", "l"), code.replace("0", "o")],
        "refused": ["", code[:-1], code + "A", code.replace("Z", "U", 1), "ก" * 20],
    })


make_signing()
make_key_sets()
make_reports()
make_receipts()
make_enrolment()
