"""Bits as DEFLATE packs them, for the makers of vectors."""


class Bits:
    """RFC 1951, 3.1.1: numbers from their lowest bit on, Huffman codes from their highest."""

    def __init__(self):
        self.bits = []

    def put(self, value, count):
        self.bits += [value >> i & 1 for i in range(count)]
        return self

    def code(self, value, count):
        self.bits += [value >> i & 1 for i in reversed(range(count))]
        return self

    def to_byte(self, fill=0):
        self.bits += [fill] * (-len(self.bits) % 8)
        return self

    def bytes(self, fill=0):
        self.to_byte(fill)
        return bytes(sum(bit << i for i, bit in enumerate(self.bits[at : at + 8])) for at in range(0, len(self.bits), 8))
