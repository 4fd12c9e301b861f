import { expect, test } from 'vitest';
import { SNIFFED_PROTOCOLS, SNIFFERS, type SniffedProtocol } from '../../../device/signs/sniffers.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** Captures as they may come, with what a technician reads of them. */
const CAPTURES: [SniffedProtocol, string, string[]][] = [
  [
    'adalight',
    'ffff 416461 0001 54 010203040506 c9aa ac 41 64',
    [
      'discarded 2 bytes: no frame begins here: ff ff',
      'adalight frame lamps=2 bytes=12',
      'adalight ping',
      'adalight pong',
      'discarded 2 bytes: unfinished: 41 64',
    ],
  ],
  [
    'adalight',
    '416461 0001 00 416461 0000 55 0a0b0c',
    [
      'discarded 1 bytes: header check differs: 41',
      'discarded 5 bytes: no frame begins here: 64 61 00 01 00',
      'adalight frame lamps=1 bytes=9',
    ],
  ],
  [
    'tpm2',
    'c9da0003 010203 36 c9aa ac c9c00001ff36',
    ['tpm2 data bytes=3', 'tpm2 ping', 'tpm2 pong', 'tpm2 command bytes=1'],
  ],
  [
    'alpha',
    '0000000000 01 5a3030 02 494230323033 3130310d3031300d 04 0000000000 01 303030 02 452a50 03 30304334 04',
    [
      'alpha write-small-dots type=Z address=00 file=B 3x2 check=none',
      'alpha write-special error-status type=0 address=00 errors=checksum check=sum',
    ],
  ],
  [
    'onbon',
    'a5a5a5a5a5a5a5a5 01000080000000000000fe020500 a200010000 68f8 5a' +
      'a5a5a5a5a5a5a5a5 01000080000000000000fe020500 a200010000 68f9 5a',
    [
      'onbon ping bx-5k to=0001 from=8000 bytes=5',
      'discarded 30 bytes: CRC differs: a5 a5 a5 a5 a5 a5 a5 a5 …',
    ],
  ],
  [
    'novastar',
    '55aa 00 80 fe 00 01 00 ffff 01 00 00010002 0100 ff d659 aa55 01 80 00 fe 01 00 ffff 01 00 00010002 0000 d758',
    ['novastar write kill serial=128 value=255', 'novastar answer kill serial=128 cards-did-not-answer'],
  ],
];

test.each(CAPTURES)('%s: %s', (protocol, capture, lines) => {
  const sniffer = SNIFFERS[protocol]();
  expect([...sniffer.push(hex(capture)), ...sniffer.end()]).toEqual(lines);
});

test('byte by byte the lines are the same', () => {
  for (const [protocol, capture, lines] of CAPTURES) {
    const sniffer = SNIFFERS[protocol]();
    const read = [...hex(capture)].flatMap((byte) => sniffer.push(Uint8Array.of(byte)));
    expect([...read, ...sniffer.end()]).toEqual(lines);
  }
});

test('every protocol is tried here', () => {
  expect(SNIFFED_PROTOCOLS).toEqual([...new Set(CAPTURES.map(([protocol]) => protocol))]);
});
