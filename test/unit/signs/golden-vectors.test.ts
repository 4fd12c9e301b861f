import { describe, expect, test } from 'vitest';
import {
  cutAlphaPacket,
  encodeAlphaPacket,
  withEvenParity,
} from '../../../device/signs/alpha/alpha-packet.ts';
import { type Cutter, CuttingDecoder } from '../../../device/signs/cutting-decoder.ts';
import { encodeAdalight } from '../../../device/signs/lamp-stream/adalight.ts';
import { encodeTpm2, TPM2_MAX_LAMPS } from '../../../device/signs/lamp-stream/tpm2.ts';
import { cutNovastar, encodeNovastar } from '../../../device/signs/novastar/novastar-frame.ts';
import { NOVASTAR_REGISTERS } from '../../../device/signs/novastar/novastar-registers.ts';
import { bx5kRequest, commandOf } from '../../../device/signs/onbon/onbon-commands.ts';
import { crc16, cutOnbon, encodeOnbon } from '../../../device/signs/onbon/onbon-frame.ts';

/** Bytes worked out by hand, published by the maker, or captured from hardware: none of them made by the code tested. */
const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

function only<Frame>(cut: Cutter<Frame>, bytes: Uint8Array): Frame {
  const decoder = new CuttingDecoder(cut);
  const [first, ...more] = [...decoder.push(bytes), ...decoder.end()];
  expect(more).toEqual([]);
  if (first?.kind !== 'frame') throw new Error(`no frame: ${JSON.stringify(first)}`);
  return first.frame;
}

describe('lamps in a chain', () => {
  test('Adalight: magic, lamps - 1, check, colours (by hand from wled_serial.cpp)', () => {
    const colours = hex('ff0000 00ff00 0000ff');
    expect(encodeAdalight(colours)).toEqual(hex('416461 00 02 57 ff0000 00ff00 0000ff'));
    expect(encodeAdalight(new Uint8Array(8_192 * 3)).subarray(0, 6)).toEqual(hex('416461 1f ff b5'));
  });

  test('TPM2: start, kind, bytes, colours, end', () => {
    expect(encodeTpm2(hex('010203 040506'))).toEqual(hex('c9da 0006 010203 040506 36'));
  });

  test.each([100, 171, 8_192, 18_432, TPM2_MAX_LAMPS])('TPM2: WLED counts all of %i lamps', (lamps) => {
    const frame = encodeTpm2(new Uint8Array(lamps * 3).fill(0xb3));
    const [high = 0, low = 0] = frame.subarray(2, 4);
    // As wled_serial.cpp reckons, in whole numbers.
    const counted = Math.trunc((high * 256) / 3) + Math.trunc(low / 3);
    expect(counted).toBeGreaterThanOrEqual(lamps);
    // What is left over is read as commands: only bytes that are none.
    expect([...frame.subarray(4 + counted * 3)].filter((byte) => byte !== 0 && byte !== 0x36)).toEqual([]);
  });
});

describe('Alpha', () => {
  const packet = { type: 'Z', address: '00', command: 'AA\x1b bHI' };
  const body = '0000000000 01 5a3030 02 41411b20624849';

  test.each([
    ['none', `${body} 04`],
    ['sum', `${body} 03 30314235 04`],
    ['xor', `${body} 03 3539 04`],
  ] as const)('a text with checksum %s (by hand)', (check, bytes) => {
    expect(encodeAlphaPacket(packet, check)).toEqual(hex(bytes));
    expect(only(cutAlphaPacket, hex(bytes))).toEqual({ ...packet, check });
  });

  test('a wrong checksum is told', () => {
    expect(only(cutAlphaPacket, hex(`${body} 03 30314234 04`))).toMatchObject({ check: 'wrong' });
  });

  test('even parity in the eighth bit', () => {
    expect(withEvenParity(hex('00 01 03 41 43 7f'))).toEqual(hex('00 81 03 41 c3 ff'));
  });
});

describe('Onbon', () => {
  const header = { header: 'bx-5k', to: 0x0001, from: 0x8000, device: 0xfe } as const;

  // BX4K.c, and the maker's example for formatting.
  test.each([
    ['ping', 'a200010000 68f8'],
    ['status', 'a102010000 2d40'],
    ['clear', 'a310010000 51f8'],
    ['format', 'a100010000 2cf8'],
  ] as const)('%s', (command, tail) => {
    const bytes = hex(`a5a5a5a5a5a5a5a5 01000080000000000000fe020500 ${tail} 5a`);
    expect(encodeOnbon({ ...header, data: bx5kRequest(command) })).toEqual(bytes);
    expect(commandOf(only(cutOnbon, bytes))).toBe(command);
  });

  test('a text area as published for a BX-6K3 (iledev.com) is read', () => {
    const frame = only(
      cutOnbon,
      hex(
        'a5a5a5a5a5a5a5a5 feff00800000000000 00fe022c00 a306010000 00 01 2300 0000800000808020' +
          '00000000 0a00000000 02010100020a 08000000 bbb6d3adb9e2c1d9 3c49 5a',
      ),
    );
    expect(commandOf(frame)).toBe('text-area');
    expect([frame.to, frame.from, frame.data.length]).toEqual([0xfffe, 0x8000, 44]);
  });

  test('marks inside are escaped (BxFrameWrapperTest of the maker)', () => {
    const data = hex('a5a6005b005a');
    const sent = encodeOnbon({ ...header, data });
    expect(Buffer.from(sent).includes(Buffer.from(hex('a602a601005b01005b02')))).toBe(true);
    expect(only(cutOnbon, sent).data).toEqual(data);
  });

  test('CRC-16/ARC: its check value', () => {
    expect(crc16(Buffer.from('123456789'))).toBe(0xbb3d);
  });
});

describe('NovaStar', () => {
  const card = { isAnswer: false, ack: 0, source: 0xfe, destination: 0, card: 1 } as const;

  test("the maker's worked example: a read with the sum 0x5691", () => {
    const bytes = hex('55aa 00 32 fe 00 01 00 0000 00 00 0000000a 0001 9156');
    const read = {
      ...card,
      serial: 0x32,
      port: 0,
      board: 0,
      isWrite: false,
      address: 0x0a000000,
      length: 256,
    };
    expect(encodeNovastar({ ...read, data: new Uint8Array(0) })).toEqual(bytes);
    expect(only(cutNovastar, bytes)).toEqual({ ...read, data: new Uint8Array(0) });
  });

  // V1.6, 3.12.2; then commands captured from an MCTRL300.
  test.each([
    ['dark, first card', '55aa 00 80 fe 00 01 00 0000 01 00 00010002 0100 ff d857', 0, 0, 'kill', 0xff],
    ['dark, every card', '55aa 00 80 fe 00 01 00 ffff 01 00 00010002 0100 ff d659', 0, 0xffff, 'kill', 0xff],
    ['red', '55aa 00 2e fe 00 01 00 ffff 01 00 01010002 0100 02 8858', 0, 0xffff, 'pattern', 2],
    ['red, second port', '55aa 00 54 fe 00 01 01 ffff 01 00 01010002 0100 02 af58', 1, 0xffff, 'pattern', 2],
  ] as const)('%s', (_name, text, port, board, register, value) => {
    const bytes = hex(text);
    const written = { ...card, serial: bytes[3] ?? 0, port, board, isWrite: true };
    const address = NOVASTAR_REGISTERS[register];
    expect(encodeNovastar({ ...written, address, data: Uint8Array.of(value) })).toEqual(bytes);
    expect(only(cutNovastar, bytes)).toMatchObject({ port, board, address, length: 1 });
  });

  test('the answer to a write has no data, the one to a read has', () => {
    const written = hex('aa55 00 80 00 fe 01 00 0000 01 00 00010002 0000 d856');
    expect(only(cutNovastar, written)).toMatchObject({ isAnswer: true, ack: 0, data: new Uint8Array(0) });
    const failed = hex('aa55 02 32 00 fe 00 00 0000 00 00 02000000 0200 0100 8c56');
    expect(only(cutNovastar, failed)).toMatchObject({ ack: 2, data: hex('0100') });
    const read = hex('aa55 00 aa 00 fe 00 00 0000 00 00 02000000 0200 0100 0257');
    expect(only(cutNovastar, read)).toMatchObject({ isAnswer: true, data: hex('0100') });
  });
});
