import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEPTHS } from '../../firmware-protocol/serial/lamps.ts';
import { RATES } from '../../firmware-protocol/serial/line.ts';
import { ENCODINGS } from '../../firmware-protocol/serial/pixels.ts';
import { FITTED } from '../../firmware-protocol/serial/system.ts';
import { makeOf, type VirtualBoardOptions } from './virtual-board-options.ts';

/** What the sources are held to; only a test makes errors of them, so that a newer compiler stops no demo. */
export const WARNINGS = ['-std=c99', '-Wall', '-Wextra', '-Wconversion', '-pedantic'];
const COMPILERS = ['cc', 'gcc', 'clang'];

export interface BuildOptions {
  /** More flags: sanitizers. */
  flags?: string[];
}

/** Found from a bundle in dist/ and from the sources under test alike. */
const HERE = import.meta.url;
const ROOT = fileURLToPath(
  HERE.includes('/dist/') ? HERE.replace(/\/dist\/.*/, '/') : new URL('../../', HERE).href,
);
export const C_FOLDER = join(ROOT, 'firmware-protocol/serial/c');

/** Those that are here, with the C library's headers, and the sources for them. */
export function compilers(): string[] {
  if (!existsSync(C_FOLDER)) return [];
  return COMPILERS.filter((name) =>
    builds(name, '#include <stdio.h>\nint main(void) { return puts("") < 0; }\n'),
  );
}

export function compiler(): string | undefined {
  return compilers()[0];
}

/** Whether Ed25519 is there for the virtual board; a real one has its own. */
export function knowsEd25519(cc: string): boolean {
  return builds(cc, '#include <sodium.h>\nint main(void) { return sodium_init() < 0; }\n', '-lsodium');
}

function builds(cc: string, source: string, ...libraries: string[]): boolean {
  const args = ['-x', 'c', '-', ...libraries, '-o', '/dev/null'];
  return spawnSync(cc, args, { input: source, stdio: ['pipe', 'ignore', 'ignore'] }).status === 0;
}

/**
 * The host program of the C board in the shape that is wanted, built once and kept in dist/. Undefined = there is no
 * compiler. Throws with the compiler's words when the sources do not build.
 */
export function cBoardProgram(
  options: VirtualBoardOptions,
  { flags = [] }: BuildOptions = {},
): string | undefined {
  const cc = compiler();
  if (cc === undefined) return undefined;
  const sources = [C_FOLDER, join(C_FOLDER, 'host')].flatMap((each) =>
    readdirSync(each)
      .filter((name) => /\.[ch]$/.test(name))
      .map((name) => join(each, name)),
  );
  const sodium = knowsEd25519(cc) ? ['-DPRAKAT_WITH_SODIUM'] : [];
  const args = [...WARNINGS, '-O1', ...flags, ...shapeOf(options, sodium.length > 0), ...sodium];
  const hash = createHash('sha256').update(args.join('\n'));
  for (const source of sources) hash.update(readFileSync(source));
  const made = join(ROOT, 'dist/c-board', hash.digest('hex').slice(0, 16));
  if (existsSync(made)) return made;
  mkdirSync(join(ROOT, 'dist/c-board'), { recursive: true });
  // Named when whole: two that build at once do not see each other's halves.
  const half = `${made}.${process.pid}`;
  const files = sources.filter((name) => name.endsWith('.c'));
  const built = spawnSync(cc, [...args, ...files, ...(sodium.length > 0 ? ['-lsodium'] : []), '-o', half], {
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`the C board does not build: ${built.stderr}`);
  renameSync(half, made);
  return made;
}

/** The configuration macros of the board that the options describe. */
function shapeOf(options: VirtualBoardOptions, takesUpdates: boolean): string[] {
  const make = makeOf(options);
  const set = (names: readonly string[], bits: Readonly<Record<string, number>>): number =>
    names.reduce((sum, name) => sum | (1 << (bits[name] ?? 0)), 0);
  const fitted = make.fitted.filter((what) => what !== 'update' || takesUpdates);
  const values: Record<string, number> = {
    WIDTH: make.width,
    HEIGHT: make.height,
    DEPTH: DEPTHS[make.depth],
    ADDRESS: make.address,
    FITTED: set(fitted, FITTED),
    ENCODINGS: set(make.encodings, ENCODINGS),
    RATES: set(make.rates, RATES),
    BODY_BYTES: make.maxBody,
    WINDOW: make.window,
    HOLDS: make.holds,
    SLOTS: make.slots,
    STRIP_PIXELS: make.stripPixels,
    MODULE_COLUMNS: make.modules.columns,
    MODULE_ROWS: make.modules.rows,
    ...(make.update?.mostBytes !== undefined && { IMAGE_BYTES: make.update.mostBytes }),
  };
  return [
    ...Object.entries(values).map(([name, value]) => `-DPRAKAT_${name}=${value}u`),
    '-DPRAKAT_FIRMWARE="virtual board"',
  ];
}
