"""Frames as SPEC 2 to 4 tell them, for the makers of vectors."""

import pathlib
import struct
import subprocess
import tempfile
import zlib

# The secret key of RFC 8032, 7.1, test 1: public knowledge, for tests only.
SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PKCS8 = bytes.fromhex("302e020100300506032b657004220420")
PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"


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


def sign(message):
    with tempfile.TemporaryDirectory() as folder:
        key, msg = pathlib.Path(folder, "key.der"), pathlib.Path(folder, "message")
        key.write_bytes(PKCS8 + SEED)
        msg.write_bytes(message)
        command = ["openssl", "pkeyutl", "-sign", "-rawin", "-keyform", "DER", "-inkey", key, "-in", msg]
        return subprocess.run(command, check=True, capture_output=True).stdout
