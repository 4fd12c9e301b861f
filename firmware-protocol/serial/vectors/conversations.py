#!/usr/bin/env python3
"""Makes conversations.json: what a board says to what it hears, written down from SPEC 5 to 10 by hand.

No board is simulated here: each answer stands beside its question. Time stands still, and every board has just been
switched on.

    python3 firmware-protocol/serial/vectors/conversations.py && npx biome format --write firmware-protocol/serial/vectors
"""

import hashlib
import json
import pathlib
import struct
import zlib

from wire import PUBLIC, line, rgb565, sign, text

HERE = pathlib.Path(__file__).parent
SESSION = 0x00C0FFEE
W, H = 4, 2
FITTED = ["display", "amplifier", "clock", "brightness", "marquee", "fallback", "probe", "patterns"]
FITTED_BITS = 1 << 0 | 1 << 1 | 1 << 3 | 1 << 4 | 1 << 7 | 1 << 8 | 1 << 12 | 1 << 13
BOARDS = dict(
    plain=dict(address=0, holds=4),
    forgetful=dict(address=0, holds=0),
    shared=dict(address=7, holds=4),
)
for about in BOARDS.values():
    about.update(id="00000000c0ffee01", width=W, height=H, maxBody=256, window=4, slots=2, stripPixels=64, fitted=FITTED,
                 encodings=["raw", "run-length", "deflate"], rates=["921600"], firmware="virtual board")
BOARDS["renewable"] = dict(BOARDS["plain"], fitted=[*FITTED, "update"], makerKey=PUBLIC)
conversations = []


def conversation(says, board="plain"):
    turns = []
    conversations.append(dict(says=says, board=board, turns=turns))

    def turn(says, heard, *answers):
        turns.append(dict(says=says, host=b"".join(heard).hex() if isinstance(heard, list) else heard.hex(),
                          board=b"".join(answers).hex()))

    return turn


def host(type_id, body=b"", seq=None, poll=True, address=0, major=1, from_board=False):
    header = dict(major=major, address=address, fromBoard=from_board, sequenced=seq is not None, poll=poll, sequence=seq or 0,
                  ack=0, held=0)
    return line(header, type_id, body)


def board(type_id, body=b"", seq=None, ack=0, held=0, address=0):
    header = dict(major=1, address=address, fromBoard=True, sequenced=seq is not None, poll=False, sequence=seq or 0, ack=ack,
                  held=held)
    return line(header, type_id, body)


def u32(*values):
    return struct.pack(f">{len(values)}I", *values)


def hello(session=SESSION, **how):
    return host(0x01, struct.pack(">BI", 1, session), **how)


def welcome(session=SESSION, holds=4, fitted=FITTED_BITS, **how):
    body = struct.pack(">BI8sHHHHHBB", 1, session, bytes.fromhex("00000000c0ffee01"), fitted, 7, W, H, 256, 4, holds)
    return board(0x02, body + text("virtual board") + struct.pack(">BHBI", 0, 1 << 2, 2, 64), **how)


def error(code, about, **how):
    return board(0x06, struct.pack(">BBI", code, about, 0), **how)


def ack(seq, ack_to, **how):
    return board(0x05, seq=seq, ack=ack_to, **how)


def ping(token=5, **how):
    return host(0x03, u32(token), **how)


def pong(token=5, session=SESSION, **how):
    return board(0x04, u32(token, session), **how)


def page(*pixels):
    return rgb565(*pixels)


def draw(pixels, seq, poll=True, type_id=0x20, width=W, height=H, **how):
    return host(type_id, struct.pack(">HHHHB", 0, 0, width, height, 0) + pixels, seq=seq, poll=poll, **how)


def status(shown, drawn, seq, ack_to, pages=0, discarded=0, showing=0, brightness=255, marquee=0, **how):
    body = struct.pack(">IIIIIBBBIIIH", shown, drawn, pages, 0, discarded, showing, 0, brightness, marquee, 0, 0, 0)
    return board(0x61, body, seq=seq, ack=ack_to, **how)


DARK = zlib.crc32(bytes(2 * W * H))
PAGE = page(0xF800, 0x07E0, 0x001F, 0xFFFF, 0, 0x1234, 0x5678, 0x9ABC)
CRC = zlib.crc32(PAGE)
BRIGHT = lambda level, seq, **how: host(0x27, bytes([level]), seq=seq, **how)  # noqa: E731
STATUS = lambda seq, **how: host(0x60, seq=seq, **how)  # noqa: E731
COMMIT = lambda crc, seq, **how: host(0x21, u32(crc), seq=seq, **how)  # noqa: E731

say = conversation("a session begins (SPEC 5)")
say("a ping before any session", ping(), pong(session=0))
say("a question before any session", STATUS(9), error(3, 0x60, seq=9))
say("hello", hello(), welcome())
say("a ping in the session", ping(77), pong(77))
say("hello again with the same number", hello(), welcome())
say("hello with the number 0", hello(0), error(2, 0x01))
say("the session of before stays", ping(), pong())

say = conversation("another major version is not acted on (SPEC 5)")
say("hello of major 2", hello(major=2), error(4, 0x01))
say("a command of major 2", BRIGHT(3, 0, major=2), error(4, 0x27, seq=0))
say("there is no session", ping(), pong(session=0))

say = conversation("frames of others, and echoes, are nothing (SPEC 4)")
say("to another board", ping(address=9), b"")
say("to all boards", hello(address=255), b"")
say("from a board", ping(from_board=True), b"")
say("the one to all was heard", ping(), pong())

say = conversation("the window holds what comes early (SPEC 6)")
say("hello", hello(), welcome())
say("frame 2 comes first", STATUS(2), ack(2, 0, held=0b10))
say("then frame 1", BRIGHT(10, 1), ack(1, 0, held=0b11))
say("frame 5 is too far ahead", BRIGHT(50, 5), ack(5, 0, held=0b11))
say("frame 4 is not", BRIGHT(40, 4), ack(4, 0, held=0b1011))
say("frame 0: three are done, in order, and 4 waits on for 3", BRIGHT(9, 0),
    status(DARK, DARK, 2, 3, brightness=10, held=1), ack(0, 3, held=1))
say("frame 0 again", BRIGHT(9, 0), ack(0, 3, held=1))
say("frame 3", BRIGHT(30, 3), ack(3, 5))
say("4 was done after 3", STATUS(5), status(DARK, DARK, 5, 6, brightness=40), ack(5, 6))

say = conversation("a board that keeps nothing drops what comes early (SPEC 6)", "forgetful")
say("hello", hello(), welcome(holds=0))
say("frame 1", BRIGHT(10, 1), ack(1, 0))
say("frame 0", BRIGHT(9, 0), ack(0, 1))
say("1 was not done", STATUS(1), status(DARK, DARK, 1, 2, brightness=9), ack(1, 2))

say = conversation("without poll there is no acknowledgement, but answers and refusals (SPEC 4, 6)")
say("hello, without poll", hello(poll=False), welcome())
say("a command", BRIGHT(7, 0, poll=False), b"")
say("a question", STATUS(1, poll=False), status(DARK, DARK, 1, 2, brightness=7))
say("what is refused", COMMIT(1, 2, poll=False), error(7, 0x21, seq=2, ack=3))
say("a ping tells the rest", ping(), pong(ack=3))

say = conversation("the sequence goes round after 255 (SPEC 4)")
say("hello", hello(), welcome())
say("256 frames, the last with poll", [BRIGHT(seq, seq, poll=seq == 255) for seq in range(256)], ack(255, 0))
say("frame 0 once more is a new one", STATUS(0), status(DARK, DARK, 0, 1, brightness=255), ack(0, 1))

say = conversation("refusals count as done, and come in one order (SPEC 6, 10)")
say("hello", hello(), welcome())
say("an id that is given to nobody", host(0x9F, b"x", seq=0), error(1, 0x9F, seq=0, ack=1), ack(0, 1))
say("an id that is reserved", host(0x2C, b"", seq=1), error(1, 0x2C, seq=1, ack=2), ack(1, 2))
say("a frame of boards", host(0x61, b"", seq=2), error(1, 0x61, seq=2, ack=3), ack(2, 3))
say("what it has not, with a body too short", host(0x81, b"", seq=3), error(8, 0x81, seq=3, ack=4), ack(3, 4))
say("a body too short", host(0x21, b"abc", seq=4), error(2, 0x21, seq=4, ack=5), ack(4, 5))
say("a choice that is none", host(0x07, b"\x09", seq=5), error(2, 0x07, seq=5, ack=6), ack(5, 6))
say("beyond the page", draw(PAGE + PAGE[:4], 6, width=5), error(5, 0x20, seq=6, ack=7), ack(6, 7))
say("too few pixels", draw(PAGE[:-2], 7), error(6, 0x20, seq=7, ack=8), ack(7, 8))
say("another page", COMMIT(CRC, 8), error(7, 0x21, seq=8, ack=9), ack(8, 9))
say("an amplifier without a limit", host(0x40, b"\x01\x00\x00", seq=9), error(2, 0x40, seq=9, ack=10), ack(9, 10))
say("a slot that is not there, and another page", host(0x22, b"\x02" + u32(1), seq=10), error(5, 0x22, seq=10, ack=11),
    ack(10, 11))
say("a slot that is empty", host(0x23, b"\x01" + u32(CRC), seq=11), error(7, 0x23, seq=11, ack=12), ack(11, 12))
say("a second with 1,000 ms", host(0x08, u32(1) + b"\x03\xe8", seq=12), error(2, 0x08, seq=12, ack=13), ack(12, 13))
say("a rate that it has not", host(0x0B, u32(9600), seq=13), error(5, 0x0B, seq=13, ack=14), ack(13, 14))
say("more filler back than a body", host(0x0D, u32(1) + b"\x01\x00"), error(2, 0x0D, ack=14))
say("nothing was changed", STATUS(14), status(DARK, DARK, 14, 15), ack(14, 15))

say = conversation("two pages, and slots (SPEC 7)")
say("hello", hello(), welcome())
say("a page is drawn and asked for in one burst", [draw(PAGE, 0, poll=False), STATUS(1)], status(DARK, CRC, 1, 2), ack(1, 2))
say("kept in slot 1", host(0x22, b"\x01" + u32(CRC), seq=2), ack(2, 3))
say("shown", COMMIT(CRC, 3), ack(3, 4))
say("drawn over", [draw(bytes(16), 4, poll=False), STATUS(5)], status(CRC, DARK, 5, 6, pages=1), ack(5, 6))
say("recalled", [host(0x23, b"\x01" + u32(CRC), seq=6, poll=False), STATUS(7)], status(CRC, CRC, 7, 8, pages=1), ack(7, 8))
say("dark is drawn", draw(bytes(16), 8), ack(8, 9))
say("hello: what was drawn and not shown is forgotten, numbers begin at 0", [hello(2), STATUS(0)], welcome(2),
    status(CRC, CRC, 0, 1, pages=1), ack(0, 1))
say("the slot is still there", host(0x23, b"\x01" + u32(CRC), seq=1), ack(1, 2))
say("the display is reset", [host(0x07, b"\x01", seq=2, poll=False), STATUS(3)], status(DARK, DARK, 3, 4, pages=1), ack(3, 4))

STRIP = rgb565(0x1111, 0x2222, 0x3333)
STRIP_CRC = zlib.crc32(STRIP)
RUN = lambda seq, crc=STRIP_CRC, y=1, width=W, speed=10, **how: host(  # noqa: E731
    0x25, struct.pack(">IHHHBBHH", crc, 0, y, width, speed, 1, 2, 0), seq=seq, **how)
say = conversation("a marquee is armed, and starts with a commit that is not refused (SPEC 7)")
say("hello", hello(), welcome())
say("a strip", [host(0x24, b"\x00\x03\x00\x01", seq=0, poll=False), draw(STRIP, 1, type_id=0x2D, width=3, height=1)], ack(1, 2))
say("too many pixels", host(0x24, b"\x00\x41\x00\x01", seq=2), error(5, 0x24, seq=2, ack=3), ack(2, 3))
say("another strip, beyond the page, and 0 steps a second", RUN(3, 1, 2, speed=0), error(7, 0x25, seq=3, ack=4), ack(3, 4))
say("beyond the page, and 0 steps a second", RUN(4, y=2, speed=0), error(5, 0x25, seq=4, ack=5), ack(4, 5))
say("0 steps a second", RUN(5, speed=0), error(2, 0x25, seq=5, ack=6), ack(5, 6))
say("61 steps a second", RUN(6, speed=61), error(2, 0x25, seq=6, ack=7), ack(6, 7))
say("armed", RUN(7), ack(7, 8))
say("it does not run yet, and a refused commit does not start it", [COMMIT(1, 8), STATUS(9)], error(7, 0x21, seq=8, ack=9),
    ack(8, 9), status(DARK, DARK, 9, 10), ack(9, 10))
say("a commit that is not refused does", [COMMIT(DARK, 10, poll=False), STATUS(11)],
    status(DARK, DARK, 11, 12, pages=1, marquee=STRIP_CRC), ack(11, 12))
say("a new strip ends it", [host(0x24, b"\x00\x03\x00\x01", seq=12, poll=False), STATUS(13)],
    status(DARK, DARK, 13, 14, pages=1), ack(13, 14))
say("again", [draw(STRIP, 14, poll=False, type_id=0x2D, width=3, height=1), RUN(15, poll=False), COMMIT(DARK, 16, poll=False), STATUS(17)],
    status(DARK, DARK, 17, 18, pages=2, marquee=STRIP_CRC), ack(17, 18))
say("the next commit ends it", [COMMIT(DARK, 18, poll=False), STATUS(19)], status(DARK, DARK, 19, 20, pages=3), ack(19, 20))
say("armed again, then hello", [RUN(20), hello(3)], ack(20, 21), welcome(3))
say("hello has disarmed it", [COMMIT(DARK, 0, poll=False), STATUS(1)], status(DARK, DARK, 1, 2, pages=4), ack(1, 2))

say = conversation("lamps stay as told, through commits and sessions (SPEC 8)")
say("hello", hello(), welcome())
say("a pattern, at a third of the light", [host(0x29, b"\x08\x00\x01", seq=0, poll=False), BRIGHT(85, 1, poll=False), STATUS(2)],
    status(DARK, DARK, 2, 3, showing=2, brightness=85), ack(2, 3))
say("hello changes nothing of it", [hello(2), STATUS(0)], welcome(2), status(DARK, DARK, 0, 1, showing=2, brightness=85),
    ack(0, 1))
say("a commit ends the pattern", [COMMIT(DARK, 1, poll=False), STATUS(2)], status(DARK, DARK, 2, 3, pages=1, brightness=85),
    ack(2, 3))

say = conversation("a restart ends the session after its acknowledgement (SPEC 10, reset)")
say("hello", hello(), welcome())
say("light", BRIGHT(5, 0), ack(0, 1))
say("restart", host(0x07, b"\x02", seq=1), ack(1, 2))
say("no session, and no acknowledged frame", ping(), pong(session=0))
say("a frame of before", BRIGHT(6, 2), error(3, 0x27, seq=2))
say("all is as after power-up", [hello(8), STATUS(0)], welcome(8), status(DARK, DARK, 0, 1), ack(0, 1))

say = conversation("noise costs the frame that it touches (SPEC 2)")
say("hello", hello(), welcome())
noisy = bytearray(BRIGHT(5, 0))
noisy[-3] ^= 1
say("a bit is turned over", bytes(noisy), b"")
say("noise glued to a frame", b"\x55\x66" + ping()[1:], b"")
say("noise before a delimiter costs no frame", b"\x55\x66" + ping(), pong())
say("they are counted: three were thrown away, empty frames not", b"\0\0\0" + STATUS(0), status(DARK, DARK, 0, 1, discarded=3),
    ack(0, 1))

say = conversation("a probe, and another rate (SPEC 5)")
say("hello", hello(), welcome())
say("three bytes there, five back", host(0x0D, u32(254) + b"\x00\x05abc"), board(0x0E, u32(254) + b"\x00\x03\xfe\xff\x00\x01\x02"))
say("a rate that it has", host(0x0B, u32(921600), seq=0), board(0x0C, u32(921600), seq=0, ack=1), ack(0, 1))
say("and the first again", host(0x0B, u32(115200), seq=1), board(0x0C, u32(115200), seq=1, ack=2), ack(1, 2))

A = dict(address=7)
say = conversation("a board on a shared pair speaks only when polled (SPEC 5)", "shared")
say("hello without poll: its welcome waits", hello(poll=False, **A), b"")
say("a ping brings both", ping(**A), welcome(**A), pong(**A))
say("a burst without poll", [BRIGHT(5, 0, poll=False, **A), COMMIT(1, 1, poll=False, **A), STATUS(2, poll=False, **A)], b"")
say("a burst to another board", [BRIGHT(5, 0, poll=False, address=8), STATUS(1, address=8)], b"")
say("to the only board of a line", ping(), b"")
say("polled: all in order, with what was known when each was said; the polled frame's own last", STATUS(3, **A),
    error(7, 0x21, seq=1, ack=2, **A), status(DARK, DARK, 2, 3, brightness=5, **A), status(DARK, DARK, 3, 4, brightness=5, **A),
    ack(3, 4, **A))
say("nothing is said twice", ping(**A), pong(ack=4, **A))
say("hello forgets what waits", [STATUS(4, poll=False, **A), hello(2, **A)], welcome(2, **A))
say("to all: done, and answered by none", hello(99, address=255), b"")
say("it was done", ping(**A), pong(session=99, **A))

say = conversation("the flag makes a frame one of the window, not its type (SPEC 6)")
say("a question that is not marked, without a session", host(0x60, poll=False), status(DARK, DARK, None, 0))
say("a command that is not marked", host(0x27, b"\x07", poll=False), board(0x05))
say("a marked hello without a session", hello(seq=0), error(3, 0x01, seq=0))
say("hello", hello(), welcome())
say("a marked ping takes its place", host(0x03, u32(5), seq=0), pong(seq=0, ack=1), ack(0, 1))
say("a marked frame to all is dropped", host(0x27, b"\x09", seq=1, address=255), b"")
say("the light of the one that was not", STATUS(1), status(DARK, DARK, 1, 2, brightness=7), ack(1, 2))

say = conversation("a restart comes after what was held behind it (SPEC 6)")
say("hello", hello(), welcome())
say("a question comes early", STATUS(1), ack(1, 0, held=1))
say("the restart before it", host(0x07, b"\x02", seq=0), status(DARK, DARK, 1, 2), ack(0, 2))
say("it was switched on anew", ping(), pong(session=0))

WHITE_RUN = b"\x86\xff\xff"
say = conversation("pixels in each encoding (SPEC 7)")
say("hello", hello(), welcome())
region = lambda seq, encoding, data, **how: host(0x20, struct.pack(">HHHHB", 0, 0, W, H, encoding) + data, seq=seq, **how)  # noqa: E731
WHITE = zlib.crc32(b"\xff" * 16)
say("a run of 8 white pixels", [region(0, 1, WHITE_RUN, poll=False), STATUS(1)], status(DARK, WHITE, 1, 2), ack(1, 2))
say("a run of 9", region(2, 1, b"\x87\xff\xff"), error(6, 0x20, seq=2, ack=3), ack(2, 3))
packer = zlib.compressobj(level=9, wbits=-15)
DEFLATED = packer.compress(PAGE) + packer.flush()
say("deflated", [region(3, 2, DEFLATED, poll=False), STATUS(4)], status(DARK, CRC, 4, 5), ack(4, 5))
say("deflated, and cut: the page stays", [region(5, 2, DEFLATED[:-1]), STATUS(6)], error(6, 0x20, seq=5, ack=6), ack(5, 6),
    status(DARK, CRC, 6, 7), ack(6, 7))
say("an encoding that is none", region(7, 9, DEFLATED), error(2, 0x20, seq=7, ack=8), ack(7, 8))

IMAGE = bytes(range(200))
DIGEST = hashlib.sha256(IMAGE).digest()


def begin(seq, size=len(IMAGE), version=2, digest=DIGEST, spoil=False):
    signed = u32(size, version) + digest
    signature = bytearray(sign(b"prakat board update 1" + signed))
    signature[0] ^= spoil
    return host(0x80, signed + signature, seq=seq)


def kept(state, digest, size, received, running, seq, ack_to):
    return board(0x83, bytes([state]) + digest + u32(size, received, running), seq=seq, ack=ack_to)


def block(offset, data, seq):
    return host(0x81, u32(offset) + data, seq=seq)


say = conversation("new firmware, signed by the maker (SPEC 9); version 1 runs", "renewable")
say("hello", hello(), welcome(fitted=FITTED_BITS | 1 << 9))
say("a block before any beginning", block(0, b"x", 0), error(14, 0x81, seq=0, ack=1), ack(0, 1))
say("another signature, though too old", begin(1, version=1, spoil=True), error(11, 0x80, seq=1, ack=2), ack(1, 2))
say("the version that runs, though of no bytes", begin(2, size=0, version=1), error(12, 0x80, seq=2, ack=3), ack(2, 3))
say("of no bytes", begin(3, size=0), error(13, 0x80, seq=3, ack=4), ack(3, 4))
say("nothing is under way", host(0x82, seq=4), kept(0, bytes(32), 0, 0, 1, 4, 5), ack(4, 5))
say("begun", begin(5), ack(5, 6))
say("its first half", block(0, IMAGE[:100], 6), ack(6, 7))
say("a gap", block(101, IMAGE[101:], 7), error(14, 0x81, seq=7, ack=8), ack(7, 8))
say("beyond its end", block(100, IMAGE[100:] + b"x", 8), error(5, 0x81, seq=8, ack=9), ack(8, 9))
say("not whole yet", host(0x84, DIGEST, seq=9), error(16, 0x84, seq=9, ack=10), ack(9, 10))
say("begun again: it goes on", [begin(10), host(0x82, seq=11)], ack(10, 11), kept(1, DIGEST, 200, 100, 1, 11, 12), ack(11, 12))
say("the first half again is dropped, the second kept", [block(0, IMAGE[:100], 12), block(100, IMAGE[100:], 13), host(0x82, seq=14)],
    ack(12, 13), ack(13, 14), kept(2, DIGEST, 200, 200, 1, 14, 15), ack(14, 15))
say("another digest", host(0x84, bytes(32), seq=15), error(16, 0x84, seq=15, ack=16), ack(15, 16))
say("amplifier on", host(0x40, b"\x01\x00\x3c", seq=16), ack(16, 17))
say("busy", host(0x84, DIGEST, seq=17), error(9, 0x84, seq=17, ack=18), ack(17, 18))
say("amplifier off", host(0x40, b"\x00\x00\x3c", seq=18), ack(18, 19))
say("activated", host(0x84, DIGEST, seq=19), ack(19, 20))
say("it started anew, and runs the new version", [ping(), hello(3), host(0x82, seq=0)], pong(session=0),
    welcome(3, fitted=FITTED_BITS | 1 << 9), kept(0, bytes(32), 0, 0, 2, 0, 1), ack(0, 1))
OTHER = bytes(32)
say("an image that is not what its digest says", [begin(1, size=2, version=3, digest=OTHER), block(0, b"no", 2), host(0x82, seq=3)],
    ack(1, 2), error(15, 0x81, seq=2, ack=3), ack(2, 3), kept(0, bytes(32), 0, 0, 2, 3, 4), ack(3, 4))

about = "Made by conversations.py from SPEC.md. To each turn's bytes of the host the board answers exactly the bytes that stand beside them."
(HERE / "conversations.json").write_text(
    json.dumps(dict(about=about, boards=BOARDS, conversations=conversations), ensure_ascii=False, indent=2) + "\n"
)
