import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  AMPLIFIER_FAULTS,
  AMPLIFIER_KNOWN,
  POWER,
  SENSED,
} from '../../../firmware-protocol/serial/amplifier.ts';
import { FRAMES, type FrameRow, GROUPS, RESERVED } from '../../../firmware-protocol/serial/catalogue.ts';
import { CLOCK_STATES } from '../../../firmware-protocol/serial/clock.ts';
import { DISCARDS } from '../../../firmware-protocol/serial/decoder.ts';
import {
  CRC_BYTES,
  FLAGS,
  HEADER_BYTES,
  MAX_BODY_BYTES,
  MAX_WINDOW_FRAMES,
  SEQUENCES,
  VERSION,
} from '../../../firmware-protocol/serial/header.ts';
import { DEPTHS, LAMPS, PATTERNS } from '../../../firmware-protocol/serial/lamps.ts';
import { FIRST_RATE, RATE_SILENCE_MS, RATES } from '../../../firmware-protocol/serial/line.ts';
import { MAX_STEPS_PER_SECOND } from '../../../firmware-protocol/serial/marquee.ts';
import { ENCODINGS } from '../../../firmware-protocol/serial/pixels.ts';
import { MEASURED, SHOWING } from '../../../firmware-protocol/serial/status.ts';
import { ERROR_CODES, FITTED, RESETS } from '../../../firmware-protocol/serial/system.ts';
import { UPDATE_CONTEXT, UPDATE_STATES } from '../../../firmware-protocol/serial/update.ts';

const spec = readFileSync(new URL('../../../firmware-protocol/serial/SPEC.md', import.meta.url), 'utf8');
const rows: [string, FrameRow][] = Object.entries(FRAMES);
const hex = (id: number): string => id.toString(16).toUpperCase().padStart(2, '0');

/** Cells of the tables whose first heading is this, without code ticks. */
function table(text: string, heading: string): string[][] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} |`));
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return lines.slice(start + 2, end).map((line) =>
    line
      .slice(2, -2)
      .split(' | ')
      .map((cell) => cell.replaceAll('`', '').trim()),
  );
}

function numbers(heading: string): Record<string, number> {
  return Object.fromEntries(table(spec, heading).map(([name = '', number]) => [name, Number(number)]));
}

describe('SPEC.md and the catalogue say the same', () => {
  test('every frame, and no other', () => {
    const documented = table(spec, 'id | frame');
    const built = rows.map(
      ([name, { id, from, sequenced, answer = '-', needs = '-', since, codec, says }]) => {
        const bytes =
          codec.minBytes === codec.maxBytes ? `${codec.minBytes}` : `${codec.minBytes}-${codec.maxBytes}`;
        return [hex(id), name, from, sequenced ? 'yes' : 'no', answer, needs, since, bytes, says];
      },
    );
    expect(documented).toEqual(built);
  });

  test('every reserved id, and no other', () => {
    expect(table(spec, 'id | reserved for')).toEqual(
      Object.entries(RESERVED).map(([name, id]) => [hex(id), name]),
    );
  });

  test.each(rows)('the fields of %s', (name, { codec }) => {
    const section = spec.split(`### ${name}\n`)[1]?.split(/\n##/)[0] ?? '';
    const documented = section.includes('| field |')
      ? table(section, 'field').map(([field, as]) => [field, as])
      : [];
    expect(documented).toEqual(codec.layout.map((field) => [field.name, field.as]));
    if (documented.length === 0) expect(section).toContain('No body.');
  });

  test.each(rows)(
    'the fields that came later in %s, and what they mean where they are absent',
    (name, { codec }) => {
      const section = spec.split(`### ${name}\n`)[1]?.split(/\n##/)[0] ?? '';
      const documented = [...section.matchAll(/^\| `(\w+)` .*\((1\.\d+); (.+)\) \|$/gm)].map(
        ([, ...told]) => told,
      );
      const shown = (absent: unknown) =>
        Array.isArray(absent) && absent.length === 0 ? 'none' : String(absent);
      const built = codec.layout.flatMap(({ name: field, later }) =>
        later === undefined ? [] : [[field, later.since, shown(later.absent)]],
      );
      expect(documented).toEqual(built);
    },
  );

  test('there is no section of a frame that is none', () => {
    const sections = [...spec.matchAll(/^### (.+)$/gm)].map(([, name]) => name);
    expect(sections).toEqual(rows.map(([name]) => name));
  });

  test('names and numbers', () => {
    expect(numbers('error')).toEqual(ERROR_CODES);
    expect(numbers('fitted')).toEqual(FITTED);
    expect(numbers('reset')).toEqual(RESETS);
    expect(numbers('encoding')).toEqual(ENCODINGS);
    expect(numbers('flag')).toEqual(FLAGS);
    expect(numbers('limit')).toEqual({
      header: HEADER_BYTES,
      CRC: CRC_BYTES,
      body: MAX_BODY_BYTES,
      window: MAX_WINDOW_FRAMES,
      sequences: SEQUENCES,
    });
    expect(Object.fromEntries(table(spec, 'discarded'))).toEqual(DISCARDS);
    expect(spec).toContain(`Version ${VERSION.major}.${VERSION.minor}.`);
    const choices = (of: Record<string, number>) =>
      Object.entries(of)
        .map(([name, number]) => `${name} ${number}`)
        .join(', ');
    expect(spec).toContain(`| ${choices(POWER)}: what the relay`);
    expect(spec).toContain(`| ${choices(SENSED)}: what current`);
    for (const [field, of] of [
      ['depth', DEPTHS],
      ['lamps', LAMPS],
      ['showing', SHOWING],
      ['state', CLOCK_STATES],
      ['state', UPDATE_STATES],
      ['known', MEASURED],
      ['known', AMPLIFIER_KNOWN],
      ['faults', AMPLIFIER_FAULTS],
    ] as const)
      expect(spec).toMatch(new RegExp(`\\| \`${field}\` \\| \\w+ \\| [^|]*${choices(of)}[ :(|]`));
    expect(numbers('rate')).toEqual(RATES);
    expect(numbers('pattern')).toEqual(PATTERNS);
    const grouped = (number: number) => number.toLocaleString('en');
    expect(spec).toContain(`Every line begins at ${grouped(FIRST_RATE)} baud`);
    expect(spec).toContain(`no whole frame for ${grouped(RATE_SILENCE_MS)} ms`);
    expect(spec).toContain(`more than ${MAX_STEPS_PER_SECOND} steps a second`);
    expect(spec).toContain(`\`${UPDATE_CONTEXT}\``);
    const groups = Object.entries(GROUPS).map(
      ([name, [first, last]]) => `${name} ${hex(first)}-${hex(last)}`,
    );
    expect(spec).toContain(`Ids by group: ${groups.join(', ')}.`);
  });

  test('the header', () => {
    const fields = table(spec, 'offset').map(([offset, name, bytes]) => [
      Number(offset),
      name,
      Number(bytes),
    ]);
    const names = ['major', 'address', 'flags', 'type', 'sequence', 'ack', 'held'];
    expect(fields.map(([, name]) => name)).toEqual(names);
    const [offset, , bytes] = fields.at(-1) ?? [];
    expect(Number(offset) + Number(bytes)).toBe(HEADER_BYTES);
  });
});

describe('the catalogue is sound', () => {
  test('no id is given twice, and each lies in a group', () => {
    const ids = [...rows.map(([, { id }]) => id), ...Object.values(RESERVED)];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) {
      expect(Object.values(GROUPS).filter(([first, last]) => first <= id && id <= last)).toHaveLength(1);
    }
  });

  test('an answer is a frame of the board, and no body outgrows a frame', () => {
    for (const [, { answer, codec }] of rows) {
      if (answer !== undefined) expect(rows.find(([name]) => name === answer)?.[1].from).toBe('board');
      expect(codec.maxBytes).toBeLessThanOrEqual(MAX_BODY_BYTES);
    }
  });

  test('the contract of boards imports no package', () => {
    const folder = new URL('../../../firmware-protocol/serial/', import.meta.url);
    const imports = readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) =>
        [...readFileSync(new URL(name, folder), 'utf8').matchAll(/from '([^']+)'/g)].map(([, from]) => from),
      );
    // Node's own zlib reads and writes DEFLATE; a package would not be.
    expect(imports.filter((from) => !from?.startsWith('./'))).toEqual(['node:zlib']);
  });
});
