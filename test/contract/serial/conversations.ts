import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { RATES } from '../../../firmware-protocol/serial/line.ts';
import { ENCODINGS } from '../../../firmware-protocol/serial/pixels.ts';
import { FITTED } from '../../../firmware-protocol/serial/system.ts';
import type { VirtualBoardOptions } from '../../../scripts/virtual-board/virtual-board-options.ts';

const namesOf = <N extends string>(numbers: Record<N, number>) =>
  z.array(z.custom<N>((name) => typeof name === 'string' && name in numbers));
const hex = z.string().regex(/^([0-9a-f]{2})*$/);

const Board = z.object({
  address: z.int(),
  holds: z.int(),
  id: hex,
  width: z.int(),
  height: z.int(),
  maxBody: z.int(),
  window: z.int(),
  slots: z.int(),
  stripPixels: z.int(),
  fitted: namesOf(FITTED),
  encodings: namesOf(ENCODINGS),
  rates: namesOf(RATES),
  firmware: z.string(),
  /** Ed25519 public key by which it takes new firmware. */
  makerKey: hex.optional(),
});

const Conversations = z.object({
  boards: z.record(z.string(), Board),
  conversations: z.array(
    z.object({
      says: z.string(),
      board: z.string(),
      turns: z.array(z.object({ says: z.string(), host: hex, board: hex })),
    }),
  ),
});

const file = new URL('../../../firmware-protocol/serial/vectors/conversations.json', import.meta.url);

/** What boards of some make say to what they hear, made by vectors/conversations.py: bytes in hex. Time stands still in them. */
const { boards, conversations: all } = Conversations.parse(JSON.parse(readFileSync(file, 'utf8')));
export const conversations = all;

/** RFC 8410: what stands before the 32 bytes of an Ed25519 key. */
const SPKI = '302a300506032b6570032100';

function pemOf(makerKey: string): string {
  const der = Buffer.from(SPKI + makerKey, 'hex');
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return key.export({ format: 'pem', type: 'spki' }).toString();
}

/** The board of this name, as a virtual one is made. Throws where there is none. */
export function optionsOf(name: string): VirtualBoardOptions {
  const board = boards[name];
  if (board === undefined) throw new Error(`there is no board ${name}`);
  const { makerKey, ...options } = board;
  return makerKey === undefined ? options : { ...options, update: { key: pemOf(makerKey) } };
}
