#!/usr/bin/env python3
"""Checks an exported audit of a prakat server, without prakat.

  python3 audit-verify.py audit.jsonl [--head N:HASH] [--after N:HASH]

Each line is JSON. Its `hash` is SHA-256 of the RFC 8785 canonical JSON of the line without `hash`; `prev` is the hash of
the line before (64 zeros for line 1); `n` counts without gaps. --head says how far the chain is known to have gone, from
a note made earlier: an export whose end was cut off is found by it. --after says what comes before an export that does
not begin at 1. Needs nothing but Python 3. Exit code 0: a whole chain; 1: not, with the line; 2: wrong usage.

ตรวจบันทึกการใช้งาน (audit) ของเซิร์ฟเวอร์ prakat โดยไม่ใช้โปรแกรม prakat: ทุกบรรทัดต้องต่อกันเป็นสายโซ่ครบถ้วน
"""
import argparse
import hashlib
import json
import sys

ZEROS = "0" * 64


def canonical(value):
    """RFC 8785 text of a JSON value."""
    if isinstance(value, dict):
        # 3.2.3: names sort by their UTF-16 code units.
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(canonical(name) + ":" + canonical(value[name]) for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(each) for each in value) + "]"
    if isinstance(value, float):
        return number(value)
    return json.dumps(value, ensure_ascii=False)


def number(value):
    """A number as ECMAScript writes it (RFC 8785, 3.2.2.3); Python's repr has the same digits, set otherwise."""
    if value == 0:
        return "0"
    sign, text = ("-", repr(-value)) if value < 0 else ("", repr(value))
    mantissa, _, exponent = text.partition("e")
    whole, _, part = mantissa.partition(".")
    digits = (whole + ("" if part == "0" else part)).lstrip("0")
    point = len(whole) + int(exponent or 0)
    if whole == "0":
        point = int(exponent or 0) - (len(part) - len(part.lstrip("0")))
    digits = digits.rstrip("0") or "0"
    if len(digits) <= point <= 21:
        return sign + digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return sign + digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + digits
    power = point - 1
    rest = "." + digits[1:] if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{rest}e{'+' if power > 0 else ''}{power}"


def fault_of(line, last):
    """(what is wrong or None, the new head)"""
    try:
        entry = json.loads(line)
        body = {name: value for name, value in entry.items() if name != "hash"}
        n, prev, told = entry["n"], entry["prev"], entry["hash"]
    except (ValueError, AttributeError, TypeError, KeyError):
        return "not a line of an audit", last
    if hashlib.sha256(canonical(body).encode("utf-8", "surrogatepass")).hexdigest() != told:
        return "changed: its hash is not that of what it says", last
    if n != last[0] + 1:
        return f"number {n} follows {last[0]}: lines are missing, twice or in another order", last
    if prev != last[1]:
        return f"it does not follow the line {last[0]} before it", last
    return None, (n, told)


def head(text):
    n, _, told = text.partition(":")
    if not n.isdigit() or len(told) != 64:
        raise argparse.ArgumentTypeError("N:HASH")
    return int(n), told


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("file")
    words.add_argument("--head", type=head)
    words.add_argument("--after", type=head, default=(0, ZEROS))
    asked = words.parse_args()
    last, met = asked.after, asked.head is None or asked.head == asked.after
    with open(asked.file, encoding="utf-8") as lines:
        for at, line in enumerate(lines, 1):
            fault, last = fault_of(line, last)
            if fault is not None:
                print(f"line {at}: {fault}")
                return 1
            met = met or last == asked.head
    if not met:
        print(f"ends at {last[0]}:{last[1]}, and does not hold {asked.head[0]}:{asked.head[1]}")
        return 1
    if last == asked.after:
        print("nothing has been written yet: there is no line" if last[0] == 0 else f"nothing after {last[0]}:{last[1]}")
        return 0
    print(f"whole: {last[0] - asked.after[0]} lines, head {last[0]}:{last[1]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
