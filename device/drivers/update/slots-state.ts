import { readFile } from 'node:fs/promises';
import type { SlotName, SlotState } from '../../update-ports.ts';
import { replaceFile } from '../atomic-file.ts';

/**
 * `slots/state`, lines of `key=value`: the launcher is a shell script and reads it with `sed`. Keys that this version
 * does not know stay as they are.
 */
const KEY = /^([a-z_]+)=(.*)$/;
const MANIFEST = /^([0-9a-f]{64}) (\S{1,64})$/;
/** A file of our own is a few hundred bytes. */
const LONGEST_CHARS = 16_384;

export type SlotLines = Map<string, string>;

/** What is there; a file that is missing, torn or overwritten with anything gives what can be read of it. */
export async function readSlotLines(path: string): Promise<SlotLines> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const lines = text.slice(0, LONGEST_CHARS).split('\n');
  return new Map(lines.flatMap((line) => pairIn(line)));
}

export async function writeSlotLines(path: string, lines: SlotLines): Promise<void> {
  const text = [...lines].map(([key, value]) => `${key}=${value}\n`).join('');
  await replaceFile(path, text, 0o600);
}

export function slotStateOf(lines: SlotLines): SlotState {
  const held: SlotState['held'] = {};
  for (const slot of ['a', 'b'] as const) {
    const [, manifest, version] = MANIFEST.exec(lines.get(slot) ?? '') ?? [];
    if (manifest !== undefined && version !== undefined) held[slot] = { manifest, version };
  }
  const [version, reason] = (lines.get('returned') ?? '').split(' ');
  return {
    current: slotNameOf(lines.get('current')) ?? 'base',
    floor: lines.get('floor') || undefined,
    held,
    returned: version && reason ? { version, reason } : undefined,
  };
}

/** Anything else is no slot. */
export function slotNameOf(text: string | undefined): SlotName | undefined {
  return (['base', 'a', 'b'] as const).find((name) => name === text);
}

function pairIn(line: string): [string, string][] {
  const [, key, value] = KEY.exec(line) ?? [];
  return key === undefined || value === undefined ? [] : [[key, value]];
}
