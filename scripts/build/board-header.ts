import {
  AMPLIFIER_FAULTS,
  AMPLIFIER_KNOWN,
  POWER,
  SENSED,
} from '../../firmware-protocol/serial/amplifier.ts';
import { FRAMES, type FrameRow } from '../../firmware-protocol/serial/catalogue.ts';
import { CLOCK_STATES } from '../../firmware-protocol/serial/clock.ts';
import {
  CRC_BYTES,
  EVERY_BOARD,
  FLAGS,
  HEADER_BYTES,
  MAX_BODY_BYTES,
  MAX_WINDOW_FRAMES,
  ONLY_BOARD,
  VERSION,
} from '../../firmware-protocol/serial/header.ts';
import { DEPTHS, LAMPS, PATTERNS } from '../../firmware-protocol/serial/lamps.ts';
import { FIRST_RATE, RATE_SILENCE_MS, RATES } from '../../firmware-protocol/serial/line.ts';
import { MAX_STEPS_PER_SECOND } from '../../firmware-protocol/serial/marquee.ts';
import { ENCODINGS } from '../../firmware-protocol/serial/pixels.ts';
import { MEASURED, SHOWING } from '../../firmware-protocol/serial/status.ts';
import { ERROR_CODES, FITTED, RESETS } from '../../firmware-protocol/serial/system.ts';
import { UPDATE_CONTEXT, UPDATE_STATES } from '../../firmware-protocol/serial/update.ts';

/** Numbers of which a bit is meant: written as `1u << n`. */
const SETS = { FITTED, RATE: RATES, ENCODING: ENCODINGS, KNOWN: MEASURED, AMP_KNOWN: AMPLIFIER_KNOWN };
const MORE_SETS = { AMP_FAULT: AMPLIFIER_FAULTS, FLAG: FLAGS };
/** Numbers that stand for themselves. */
const CHOICES = {
  DRAWN_AS: ENCODINGS,
  ERROR: ERROR_CODES,
  RESET: RESETS,
  POWER,
  SENSED,
  CLOCK: CLOCK_STATES,
  DEPTH: DEPTHS,
  LAMPS,
  PATTERN: PATTERNS,
  SHOWING,
  UPDATE: UPDATE_STATES,
};
const LIMITS = {
  MAJOR: VERSION.major,
  MINOR: VERSION.minor,
  HEADER_BYTES,
  CRC_BYTES,
  MAX_BODY_BYTES,
  MAX_WINDOW_FRAMES,
  ONLY_BOARD,
  EVERY_BOARD,
  FIRST_RATE,
  RATE_SILENCE_MS,
  MAX_STEPS_PER_SECOND,
};

/** The C header of the contract: what of the catalogue a board needs to know. */
export function boardHeader(): string {
  const rows: [string, FrameRow][] = Object.entries(FRAMES);
  const lines = [
    '/* Made from the catalogue in TypeScript: change it there, and write this anew (AGENTS.md, Commands). */',
    '#ifndef PRAKAT_PROTOCOL_H',
    '#define PRAKAT_PROTOCOL_H',
    '',
    ...Object.entries(LIMITS).map(([name, value]) => define(name, `${value}u`)),
    define('RATE_BAUDS', `{ ${Object.keys(RATES).join('u, ')}u }`),
    define('UPDATE_CONTEXT', `"${UPDATE_CONTEXT}"`),
    '',
    ...rows.map(([name, { id }]) => define(`ID_${constant(name)}`, hex(id))),
    '',
    ...Object.entries({ ...SETS, ...MORE_SETS }).flatMap(([group, names]) =>
      Object.entries(names).map(([name, bit]) => define(`${group}_${constant(name)}`, `(1u << ${bit}u)`)),
    ),
    '',
    ...Object.entries(CHOICES).flatMap(([group, names]) =>
      Object.entries(names).map(([name, number]) => define(`${group}_${constant(name)}`, `${number}u`)),
    ),
    '',
    '/* Frames of the host: X(duty, id, fewest bytes of body, what the board must have, or 0). */',
    '#define PRAKAT_HOST_FRAMES(X) \\',
    ...rows
      .filter(([, { from }]) => from === 'host')
      .map(([name, { codec, needs }], index, all) => {
        const need = needs === undefined ? '0u' : `PRAKAT_FITTED_${constant(needs)}`;
        const x = `X(${name.replaceAll('-', '_')}, PRAKAT_ID_${constant(name)}, ${codec.minBytes}u, ${need})`;
        return `  ${x}${index < all.length - 1 ? ' \\' : ''}`;
      }),
    '',
    '#endif',
    '',
  ];
  return lines.join('\n');
}

function define(name: string, value: string): string {
  return `#define PRAKAT_${name} ${value}`;
}

function constant(name: string): string {
  return name.replaceAll('-', '_').toUpperCase();
}

function hex(id: number): string {
  return `0x${id.toString(16).padStart(2, '0')}u`;
}
