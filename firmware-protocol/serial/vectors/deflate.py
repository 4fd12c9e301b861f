#!/usr/bin/env python3
"""Makes deflate.json: streams bit by bit from RFC 1951, at the edges of what a board reads (SPEC 7).

What each gives is written here by hand; then zlib is asked, and has to say the same.

    python3 firmware-protocol/serial/vectors/deflate.py && npx biome format --write firmware-protocol/serial/vectors
"""

import json
import pathlib
import zlib

from bits import Bits

HERE = pathlib.Path(__file__).parent
# RFC 1951, 3.2.7: the order in which the lengths of the code length code are written.
ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
PLAIN_LENGTHS = {length: 4 for length in range(16)}
END, RED = 256, b"\xf8\x00"
vectors = []


def codes(lengths):
    """RFC 1951, 3.2.2: the code and its length of each symbol."""
    made, code = {}, 0
    for length in range(1, 16):
        code <<= 1
        for symbol in sorted(s for s, n in lengths.items() if n == length):
            made[symbol] = (code, length)
            code += 1
    return made


def dynamic(bits, literals, distances, *symbols, last=1, hlit=259, hdist=None, of_lengths=PLAIN_LENGTHS, written=None):
    """A block of type 2. A symbol is a literal, or (length symbol, code of the distance, its bits). `written`: the lengths as
    they are coded, as (symbol, extra value, extra bits)."""
    hdist = hdist or max(distances, default=0) + 1
    bits.put(last, 1).put(2, 2).put(hlit - 257, 5).put(hdist - 1, 5).put(19 - 4, 4)
    for symbol in ORDER:
        bits.put(of_lengths.get(symbol, 0), 3)
    told = [literals.get(s, 0) for s in range(hlit)] + [distances.get(s, 0) for s in range(hdist)]
    length_codes = codes(of_lengths)
    for symbol, extra, extra_bits in written or [(length, 0, 0) for length in told]:
        bits.code(*length_codes.get(symbol, (0, 1))).put(extra, extra_bits)
    literal_codes = codes(literals)
    for symbol in symbols:
        length, *distance = symbol if isinstance(symbol, tuple) else (symbol,)
        bits.code(*literal_codes.get(length, (0, 1)))
        if distance:
            bits.code(*distance)
    return bits


def stored(bits, data, last):
    bits.put(last, 1).put(0, 2).to_byte().put(len(data), 16).put(~len(data) & 0xFFFF, 16)
    for byte in data:
        bits.put(byte, 8)
    return bits


def vector(says, bits, pixels=None, count=None, fill=0):
    stream = (bits if isinstance(bits, bytes) else bits.bytes(fill))
    count = len(pixels) // 2 if count is None else count
    reader = zlib.decompressobj(wbits=-15)
    try:
        read = reader.decompress(stream)
        whole = read if reader.eof and not reader.unused_data and len(read) == 2 * count else None
    except zlib.error:
        whole = None
    assert whole == pixels, (says, whole, pixels)
    vectors.append(dict(says=says, stream=stream.hex(), count=count, **({} if pixels is None else dict(pixels=pixels.hex()))))


FOUR = {0xF8: 2, 0x00: 2, END: 2, 258: 2}  # 258 repeats four bytes
BACK_TWO = {1: 1}
AGAIN = (0xF8, 0x00, (258, 0, 1), END)
vector("a distance set of one code of one bit", dynamic(Bits(), FOUR, BACK_TWO, *AGAIN), RED * 3)
vector("the code that it leaves unused", dynamic(Bits(), FOUR, BACK_TWO, 0xF8, 0x00, (258, 1, 1), END), count=3)
vector("a distance set of one code of two bits", dynamic(Bits(), FOUR, {1: 2}, 0xF8, 0x00, (258, 0, 2), END), count=3)
NO_FAR = {0xF8: 2, 0x00: 2, END: 1}
vector("no distance code, and none needed", dynamic(Bits(), NO_FAR, {}, 0xF8, 0x00, END), RED)
vector("no distance code where one is needed", dynamic(Bits(), FOUR, {}, *AGAIN), count=3)
vector("two distance codes of two bits", dynamic(Bits(), FOUR, {0: 2, 1: 2}, 0xF8, 0x00, (258, 1, 2), END), count=3)
vector("three distance codes of one bit", dynamic(Bits(), FOUR, {0: 1, 1: 1, 2: 1}, *AGAIN), count=3)
vector("distances that are not needed must be sound too", dynamic(Bits(), NO_FAR, {0: 2, 1: 2}, 0xF8, 0x00, END), count=1)
vector("two whole distance codes", dynamic(Bits(), FOUR, {0: 1, 1: 1}, 0xF8, 0x00, (258, 1, 1), END), RED * 3)
vector("an end of block as the only code, of one bit", dynamic(stored(Bits(), RED, 0), {END: 1}, {}, END), RED)
vector("an end of block as the only code, of two bits", dynamic(stored(Bits(), RED, 0), {END: 2}, {}, END), count=1)
vector("literals that leave a code over", dynamic(Bits(), {0xF8: 2, 0x00: 2, END: 2}, {}, 0xF8, 0x00, END), count=1)
vector("literals with a code too many", dynamic(Bits(), {0xF8: 1, 0x00: 1, END: 1}, {}, 0xF8, 0x00, END), count=1)
vector("no code for the end of block", dynamic(Bits(), {0xF8: 1, 0x00: 1}, {}, 0xF8, 0x00), count=1)
vector("286 literals and lengths told", dynamic(Bits(), NO_FAR, {}, 0xF8, 0x00, END, hlit=286), RED)
vector("287 literals and lengths told, none beyond used", dynamic(Bits(), NO_FAR, {}, 0xF8, 0x00, END, hlit=287), count=1)
vector("30 distances told", dynamic(Bits(), NO_FAR, {}, 0xF8, 0x00, END, hdist=30), RED)
vector("31 distances told, none beyond used", dynamic(Bits(), NO_FAR, {}, 0xF8, 0x00, END, hdist=31), count=1)
vector("lengths of codes by a set that leaves one over",
       dynamic(Bits(), NO_FAR, {}, 0xF8, 0x00, END, of_lengths={length: 4 for length in range(15)}), count=1)
vector("lengths of codes by a set with one too many",
       dynamic(Bits(), NO_FAR, {}, 0xF8, 0x00, END, of_lengths={length: 4 for length in range(17)}), count=1)
vector("lengths of codes by one code of one bit", dynamic(Bits(), {}, {}, of_lengths={0: 1}), count=1)

REPEATING = {**{length: 4 for length in range(14)}, 16: 4, 18: 4}
ONE = lambda length: (length, 0, 0)  # noqa: E731
ZEROS = lambda count: (18, count - 11, 7)  # noqa: E731
AGAIN_3 = (16, 0, 2)
ACROSS = [ONE(2), ZEROS(138), ZEROS(109), ONE(2), *[ONE(0)] * 6, ONE(2), AGAIN_3, ONE(2), ONE(2)]
LITERALS = {0x00: 2, 0xF8: 2, 0xFF: 2, END: 2}
vector("a repeat that goes on from lengths into distances",
       dynamic(Bits(), LITERALS, {}, 0xF8, 0x00, END, hlit=257, hdist=4, of_lengths=REPEATING, written=ACROSS), RED)
vector("a repeat beyond the last distance",
       dynamic(Bits(), LITERALS, {}, 0xF8, 0x00, END, hlit=257, hdist=1, of_lengths=REPEATING, written=ACROSS[:-2]), count=1)
vector("a repeat of nothing",
       dynamic(Bits(), LITERALS, {}, 0xF8, 0x00, END, hlit=257, hdist=1, of_lengths=REPEATING, written=[AGAIN_3] * 86), count=1)

vector("bits that pad a stored block are not looked at", Bits().put(0, 1).put(0, 2).to_byte(1).put(2, 16).put(0xFFFD, 16).put(0xF8, 8)
       .put(0, 8).put(1, 1).put(1, 2).code(0, 7), RED, fill=1)
vector("a stored block of nothing is the last", stored(stored(Bits(), RED, 0), b"", 1), RED)
vector("a stored block that is cut", stored(Bits(), RED * 2, 1).bytes()[:-1], count=2)
vector("blocks of nothing before", Bits().put(0, 1).put(1, 2).code(0, 7).put(0, 1).put(1, 2).code(0, 7).put(1, 1).put(0, 2).to_byte()
       .put(2, 16).put(0xFFFD, 16).put(0xF8, 8).put(0, 8), RED)
vector("a byte of padding is one too many", stored(Bits(), RED, 1).bytes() + b"\0", count=1)

about = "Made by deflate.py from RFC 1951. Hex throughout. A stream without `pixels` is refused with bad-pixels."
(HERE / "deflate.json").write_text(json.dumps(dict(about=about, deflate=vectors), indent=2) + "\n")
