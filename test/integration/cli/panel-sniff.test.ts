import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hostFrame } from '../../../device/board/board-frames.ts';
import { encodeAdalight } from '../../../device/signs/lamp-stream/adalight.ts';
import { encodeTpm2 } from '../../../device/signs/lamp-stream/tpm2.ts';
import { encodeFrame } from '../../../firmware-protocol/serial/frame.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { panel, panelJson, plugged } from './panel-verbs.ts';

const PING = encodeFrame(hostFrame('ping', { token: 7 }, { address: 0, poll: false }));
const COMMIT = encodeFrame(hostFrame('commit', { crc: 0xcbf43926 }, { address: 0, sequence: 4, poll: true }));
const textsOf = ({ lines }: { lines: { text: string }[] }) => lines.map(({ text }) => text);

async function captured(...parts: Uint8Array[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-sniff-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'capture.bin');
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

test('our frames by name, what is damaged with its reason, what is cut off as such', async () => {
  const damaged = COMMIT.map((byte, at) => (at === COMMIT.length - 2 ? byte ^ 0x10 : byte));
  const path = await captured(PING, damaged, COMMIT, PING.subarray(0, 6));
  const { code, document } = await panelJson('sniff', path, '--protocol', 'prakat');
  expect(code).toBe(0);
  expect(textsOf(document)).toEqual([
    '> ping token=7',
    expect.stringMatching(/^discarded \d+ bytes: bad-crc$/),
    '> commit #4 crc=3421780262',
    expect.stringMatching(/^discarded \d+ bytes: too-short \(unfinished\)$/),
  ]);
  expect(document).toMatchObject({ discards: 2, bytes: expect.any(Number) });
});

test('hex digits in any form', async () => {
  const hex = Buffer.from(PING).toString('hex').replace(/../g, '0x$&, ');
  const { out, code } = await panel('sniff', '--hex', hex);
  expect(code).toBe(0);
  expect(out).toContain('protocol prakat\n> ping token=7\n');
});

test.each([
  ['prakat', Array.from({ length: 4 }, (_unused, at) => pictureFrame(at))],
  ['adalight', Array.from({ length: 4 }, () => encodeAdalight(colours()))],
  ['tpm2', Array.from({ length: 4 }, () => encodeTpm2(colours()))],
  ['novastar', [Buffer.from('55aa0001fe00000000000100010000020100ff5857', 'hex')]],
])('auto finds %s by itself', async (name, frames) => {
  const { document } = await panelJson('sniff', await captured(...frames));
  expect(textsOf(document)[0]).toBe(`protocol ${name}`);
});

test('a live line: what the board says, with times, until it is enough', async () => {
  const board = new VirtualBoard({ width: 32, height: 16 });
  const { spec, toHost } = await plugged(board);
  const sniffed = panelJson(
    'sniff',
    '--line',
    spec,
    '--protocol',
    'prakat',
    '--most',
    '2',
    '--seconds',
    '20',
  );
  const speaking = setInterval(() => board.receive(PING).forEach((said) => void toHost.send(said)), 20);
  const { code, document } = await sniffed;
  clearInterval(speaking);
  expect(code).toBe(0);
  expect(document.lines).toEqual([
    { ms: expect.any(Number), text: '< pong ack=0 token=7 session=0' },
    { ms: expect.any(Number), text: '< pong ack=0 token=7 session=0' },
  ]);
});

test.each([
  ['odd hex', ['--hex', '0']],
  ['no hex', ['--hex', 'น้ำ']],
  ['two sources', ['--hex', '00', '--line', '/dev/ttyUSB0']],
  ['an unknown protocol', ['--hex', '00', '--protocol', 'dmx']],
  ['no seconds', ['--line', '/dev/ttyUSB0', '--seconds', '0']],
])('wrong usage: %s', async (_what, words) => {
  expect(await panelJson('sniff', ...words)).toMatchObject({
    code: 2,
    document: { error: { code: 'wrong-usage' } },
  });
});

test('a file that is not there', async () => {
  expect(await panelJson('sniff', '/no/such/file')).toMatchObject({
    code: 1,
    document: { error: { code: 'file-unreadable' } },
  });
});

function colours(): Uint8Array {
  return Uint8Array.from({ length: 300 }, (_unused, at) => (at * 37 + 0xac) & 0xff);
}

function pictureFrame(seed: number): Uint8Array {
  const pixels = Uint8Array.from({ length: 1_024 }, (_unused, at) => (at * 37 + seed * 11 + 0xac) & 0xff);
  const body = { x: 0, y: 0, width: 32, height: 16, encoding: 'raw', pixels } as const;
  return encodeFrame(hostFrame('draw-region', body, { address: 0, sequence: seed, poll: true }));
}
