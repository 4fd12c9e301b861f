#!/usr/bin/env python3
"""Makes frames-1.1.json from SPEC.md, without a line of the TypeScript or C that it judges.

Layouts are written down here again, by hand; CRC and DEFLATE by zlib, digests by hashlib, Ed25519 by the openssl command.
frames.json, of version 1.0, was made the same way and is not made again: boards of 1.0 do not change.

    python3 firmware-protocol/serial/vectors/make.py && npx biome format --write firmware-protocol/serial/vectors
"""

import hashlib
import json
import pathlib
import struct
import zlib

from bits import Bits
from wire import PUBLIC, line, rgb565, sign, text

HERE = pathlib.Path(__file__).parent


HOST = dict(major=1, address=0, fromBoard=False, sequenced=True, poll=True, sequence=4, ack=0, held=0)
BOARD = dict(major=1, address=0, fromBoard=True, sequenced=True, poll=False, sequence=4, ack=5, held=0)
LOOSE = dict(HOST, sequenced=False, poll=False, sequence=0)
frames = []


def frame(name, type_id, says, header, body, packed):
    frames.append(
        dict(name=name, says=says, header=header, body=body, bodyHex=packed.hex(), line=line(header, type_id, packed).hex())
    )


def raw_deflate(data, **how):
    packer = zlib.compressobj(wbits=-15, **how)
    return packer.compress(data) + packer.flush()


# ---- system ----
frame(
    "welcome", 0x02, "a sign of 1.1 with a marquee and two more rates", dict(BOARD, sequenced=False, sequence=0, ack=0),
    dict(minor=1, session=0x1234ABCD, board="00000000c0ffee01", fitted=["display", "marquee", "patterns"],
         encodings=["raw", "deflate"], width=128, height=64, maxBody=2064, window=16, holds=16, firmware="ป้าย 2",
         depth="rgb111", rates=["921600", "3000000"], slots=4, stripPixels=65536),
    struct.pack(">BI8sHHHHHBB", 1, 0x1234ABCD, bytes.fromhex("00000000c0ffee01"), 1 << 0 | 1 << 7 | 1 << 13, 1 << 0 | 1 << 2,
                128, 64, 2064, 16, 16) + text("ป้าย 2") + struct.pack(">BHBI", 1, 1 << 2 | 1 << 6, 4, 65536),
)
frame("clock-set", 0x08, "13 November 2026, 18:30:00.250 in Thailand", HOST, dict(seconds=1794569400, milliseconds=250),
      struct.pack(">IH", 1794569400, 250))
frame("clock-ask", 0x09, "what time is it", HOST, {}, b"")
frame("clock-state", 0x0A, "the time, from a battery", BOARD, dict(state="battery", seconds=1794569400, milliseconds=999),
      struct.pack(">BIH", 2, 1794569400, 999))
frame("line-rate-offer", 0x0B, "go over to 921,600 baud", HOST, dict(rate=921600), struct.pack(">I", 921600))
frame("line-rate-state", 0x0C, "from here on at 921,600 baud", BOARD, dict(rate=921600), struct.pack(">I", 921600))
frame("probe", 0x0D, "three bytes there, five back", LOOSE, dict(token=254, back=5, filler="00ff55"),
      struct.pack(">IH", 254, 5) + bytes.fromhex("00ff55"))
frame("probed", 0x0E, "its answer: the filler counts on from the token", dict(BOARD, sequenced=False, sequence=0),
      dict(token=254, heard=3, filler="feff000102"), struct.pack(">IH", 254, 3) + bytes.fromhex("feff000102"))
# ---- display ----
PAGE = rgb565(0xF800, 0x07E0, 0x001F, 0xFFFF)
PAGE_CRC = zlib.crc32(PAGE)
frame("page-store", 0x22, "keeps the 2 x 2 page in slot 3", HOST, dict(slot=3, crc=PAGE_CRC), struct.pack(">BI", 3, PAGE_CRC))
frame("page-recall", 0x23, "draws it again", HOST, dict(slot=3, crc=PAGE_CRC), struct.pack(">BI", 3, PAGE_CRC))
frame("strip-begin", 0x24, "a strip of 600 x 32", HOST, dict(width=600, height=32), struct.pack(">HH", 600, 32))
frame("strip-draw", 0x2D, "two white pixels at 598, 31", HOST,
      dict(x=598, y=31, width=2, height=1, encoding="raw", pixels="ffffffff"),
      struct.pack(">HHHHB", 598, 31, 2, 1, 0) + b"\xff" * 4)
frame("marquee-run", 0x25, "the strip of the page above, over the whole width, 60 pixels a second, for ever", HOST,
      dict(strip=PAGE_CRC, x=0, y=16, width=128, stepsPerSecond=60, stepPixels=1, gap=64, rounds=0),
      struct.pack(">IHHHBBHH", PAGE_CRC, 0, 16, 128, 60, 1, 64, 0))
frame("marquee-stop", 0x26, "no marquee", HOST, {}, b"")
frame("brightness", 0x27, "a third", HOST, dict(level=85), b"\x55")
frame("blank", 0x28, "dark", HOST, dict(lamps="dark"), b"\x01")
frame("test-pattern", 0x29, "column 127", HOST, dict(pattern="column", at=127), struct.pack(">BH", 8, 127))
frame("fallback-store", 0x2A, "the 2 x 2 page for when nobody speaks", HOST, dict(crc=PAGE_CRC), struct.pack(">I", PAGE_CRC))
frame("fallback-rule", 0x2B, "after two minutes", HOST, dict(afterSeconds=120), struct.pack(">H", 120))
FOUR_WHITE = raw_deflate(b"\xff" * 8)
frame("draw-region", 0x20, "2 x 2 white, deflated", HOST,
      dict(x=1, y=2, width=2, height=2, encoding="deflate", pixels=FOUR_WHITE.hex()),
      struct.pack(">HHHHB", 1, 2, 2, 2, 2) + FOUR_WHITE)
# ---- amplifier ----
frame("amplifier-gain", 0x43, "3.5 dB quieter", HOST, dict(gain=-350), struct.pack(">h", -350))
frame("amplifier-measure-ask", 0x45, "how is it", HOST, {}, b"")
frame("amplifier-measure", 0x46, "loud, warm, and the supply is low", BOARD,
      dict(known=["level", "temperature", "supply"], level=-600, current=0, temperature=712, supply=21900, faults=["supply-low"]),
      struct.pack(">HhHhHH", 1 << 0 | 1 << 2 | 1 << 3, -600, 0, 712, 21900, 1 << 4))
# ---- status ----
frame("status", 0x61, "the fallback page, at a third of the light", BOARD,
      dict(shown=PAGE_CRC, drawn=PAGE_CRC, pages=7, uptimeSeconds=86400, discarded=2, showing="fallback", lamps="lit",
           brightness=85, marquee=0, offset=0, fallback=PAGE_CRC, afterSeconds=120),
      struct.pack(">IIIIIBBBIIIH", PAGE_CRC, PAGE_CRC, 7, 86400, 2, 1, 0, 85, 0, 0, PAGE_CRC, 120))
frame("measure-ask", 0x62, "how warm, how light", HOST, {}, b"")
frame("measure", 0x63, "below zero in the hills, sun on the sign", BOARD,
      dict(known=["temperature", "light"], temperature=-15, light=54000, supply=0),
      struct.pack(">HhHH", 1 << 0 | 1 << 1, -15, 54000, 0))
frame("module-faults-ask", 0x64, "which are broken", HOST, {}, b"")
frame("module-faults", 0x65, "4 x 3 modules, the first and the last broken", BOARD,
      dict(columns=4, rows=3, faults="0108"), bytes([4, 3, 0x01, 0x08]))
# ---- update ----
IMAGE = bytes(range(256)) * 3
DIGEST = hashlib.sha256(IMAGE).digest()
SIGNED = b"prakat board update 1" + struct.pack(">II", len(IMAGE), 12) + DIGEST
SIGNATURE = sign(SIGNED)
frame("update-begin", 0x80, "version 12 of 768 bytes", HOST,
      dict(bytes=len(IMAGE), version=12, digest=DIGEST.hex(), signature=SIGNATURE.hex()),
      struct.pack(">II", len(IMAGE), 12) + DIGEST + SIGNATURE)
frame("update-block", 0x81, "its last four bytes", HOST, dict(offset=764, data="fcfdfeff"),
      struct.pack(">I", 764) + bytes.fromhex("fcfdfeff"))
frame("update-ask", 0x82, "how much is there", HOST, {}, b"")
frame("update-state", 0x83, "512 bytes are there, version 11 runs", BOARD,
      dict(state="receiving", digest=DIGEST.hex(), bytes=768, received=512, running=11),
      struct.pack(">B32sIII", 1, DIGEST, 768, 512, 11))
frame("update-activate", 0x84, "start it", HOST, dict(digest=DIGEST.hex()), DIGEST)

# ---- deflate: what is read, and what is refused ----
deflate = []


def stream(says, data, count, pixels=None):
    deflate.append(dict(says=says, stream=data.hex(), count=count, **({} if pixels is None else dict(pixels=pixels.hex()))))


def fixed(value):
    """Code of a literal or length in the fixed set, RFC 1951 3.2.6: value and its number of bits."""
    if value < 144:
        return 0x30 + value, 8
    if value < 256:
        return 0x190 + value - 144, 9
    return (value - 256, 7) if value < 280 else (0xC0 + value - 280, 8)


def fixed_block(*symbols):
    """A last block of the fixed set; a symbol is a literal, or (length symbol, extra, bits, distance symbol, extra, bits)."""
    bits = Bits().put(1, 1).put(1, 2)
    for symbol in symbols:
        if isinstance(symbol, int):
            bits.code(*fixed(symbol))
        else:
            length, extra, extra_bits, distance, far, far_bits = symbol
            bits.code(*fixed(length)).put(extra, extra_bits).code(distance, 5).put(far, far_bits)
    return bits.code(*fixed(256)).bytes()


ROW = rgb565(0xF800, 0x07E0) * 8
stream("dynamic or fixed, as zlib likes", raw_deflate(ROW * 16, level=9), 256, ROW * 16)
NOISE = b"".join(hashlib.sha256(bytes([i])).digest() for i in range(64))
stream("a dynamic set", raw_deflate(bytes(byte & 0x1F for byte in NOISE), level=9), 1024, bytes(byte & 0x1F for byte in NOISE))
stream("stored", raw_deflate(NOISE, level=0), 1024, NOISE)
stream("two blocks, the first stored", b"\x00\x02\x00\xfd\xff\xf8\x00" + fixed_block(0x07, 0xE0), 2, rgb565(0xF800, 0x07E0))
stream("by hand, fixed set: red, then four more by a distance of 2", fixed_block(0xF8, 0x00, (262, 0, 0, 1, 0, 0)), 5, rgb565(0xF800) * 5)
stream("one byte after the end", fixed_block(0xF8, 0x00) + b"\0", 1)
stream("cut before the end", raw_deflate(NOISE, level=9)[:-1], 1024)
stream("nothing", b"", 1)
stream("no pixels where one is due", fixed_block(), 1)
stream("half a pixel too many", fixed_block(0xF8, 0x00, 0x07), 1)
stream("half a pixel too few", fixed_block(0xF8), 1)
stream("a distance beyond the first byte", fixed_block(0xF8, 0x00, (257, 0, 0, 2, 0, 0)), 2)
stream("length symbol 286", fixed_block(0xF8, 0x00, (286, 0, 0, 0, 0, 0)), 2)
stream("distance symbol 30", fixed_block(0xF8, 0x00, (257, 0, 0, 30, 0, 0)), 2)
stream("block type 3", Bits().put(1, 1).put(3, 2).bytes() + bytes(4), 1)
stream("a stored length that its complement denies", b"\x01\x02\x00\xfd\xfe\xf8\x00", 1)
stream("no block is the last", b"\x00\x02\x00\xfd\xff\xf8\x00", 1)

# ---- test patterns and marquee: what the lamps show, by the sentences of SPEC 7 and 8 ----
W, H = 6, 3
PATTERNS = dict(
    red=lambda x, y, at: 0xF800, green=lambda x, y, at: 0x07E0, blue=lambda x, y, at: 0x001F, white=lambda x, y, at: 0xFFFF,
    dark=lambda x, y, at: 0, checker=lambda x, y, at: 0 if (x + y) % 2 else 0xFFFF,
)
PATTERNS["checker-inverse"] = lambda x, y, at: 0xFFFF if (x + y) % 2 else 0
PATTERNS["column"] = lambda x, y, at: 0xFFFF if x == at else 0
PATTERNS["row"] = lambda x, y, at: 0xFFFF if y == at else 0
PATTERNS["ramp"] = lambda x, y, at: (32 * x // W) << 11 | 2 * (32 * x // W) << 5 | 32 * x // W
patterns = [
    dict(pattern=name, at=1, width=W, height=H, lit=rgb565(*(lamp(x, y, 1) for y in range(H) for x in range(W))).hex())
    for name, lamp in PATTERNS.items()
]

STRIP = [0x1111, 0x2222, 0x3333, 0x4444, 0x5555]


def window(offset, width, gap, rounds):
    columns = []
    for c in range(width):
        way = offset + c - width
        over = rounds and way >= rounds * (len(STRIP) + gap)
        s = way % (len(STRIP) + gap)
        columns.append(STRIP[s] if 0 <= way and not over and s < len(STRIP) else 0)
    return columns


marquees = []
for rounds in (0, 1, 2):
    for steps in (0, 1, 3, 4, 5, 6, 8, 9, 11, 13, 15, 16, 17, 18, 19, 40):
        width, gap, step_pixels = 4, 2, 1
        end = rounds * (len(STRIP) + gap) - gap + width
        offset = min(steps * step_pixels, end) if rounds else steps * step_pixels
        marquees.append(
            dict(strip=rgb565(*STRIP).hex(), width=width, gap=gap, rounds=rounds, stepsPerSecond=10, stepPixels=step_pixels,
                 atMs=steps * 100 + 50, offset=offset, lit=rgb565(*window(offset, width, gap, rounds)).hex())
        )

update = dict(publicKey=PUBLIC, bytes=len(IMAGE), version=12, digest=DIGEST.hex(), signedHex=SIGNED.hex(), signature=SIGNATURE.hex())
about = "Made by make.py from SPEC.md. Hex throughout; `line` begins and ends with the delimiter. A deflate stream without `pixels` is refused."
(HERE / "frames-1.1.json").write_text(
    json.dumps(dict(about=about, frames=frames, deflate=deflate, patterns=patterns, marquees=marquees, update=update), ensure_ascii=False, indent=2) + "\n"
)
