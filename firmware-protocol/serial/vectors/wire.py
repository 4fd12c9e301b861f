"""Frames as SPEC 2 to 4 tell them, for the makers of vectors."""

import struct
import zlib


def stuff(plain):
    out = bytearray()
    group = bytearray()
    for i, byte in enumerate(plain):
        if byte == 0:
            out += bytes([len(group) + 1]) + group
            group = bytearray()
        else:
            if len(group) == 254:
                out += b"\xff" + group
                group = bytearray()
            group.append(byte)
    return bytes(out + bytes([len(group) + 1]) + group)


def line(header, type_id, body):
    flags = header["fromBoard"] | header["sequenced"] << 1 | header["poll"] << 2
    plain = struct.pack(
        ">BBBBBBH", header["major"], header["address"], flags, type_id, header["sequence"], header["ack"], header["held"]
    ) + body
    return b"\0" + stuff(plain + struct.pack(">I", zlib.crc32(plain))) + b"\0"


def text(value):
    raw = value.encode()
    return bytes([len(raw)]) + raw


def rgb565(*pixels):
    return struct.pack(f">{len(pixels)}H", *pixels)
