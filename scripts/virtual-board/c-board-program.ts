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

const WARNINGS = ['-std=c99', '-Wall', '-Wextra', '-Wconversion', '-pedantic', '-Werror'];
const COMPILERS = ['cc', 'gcc', 'clang'];

export interface BuildOptions {
  /** More flags: sanitizers. */
  flags?: string[];
}

/** The sources; found from a bundle in dist/ and from the sources under test alike. */
function rootFolder(): string {
  const here = import.meta.url;
  return fileURLToPath(
    here.includes('/dist/') ? here.replace(/\/dist\/.*/, '/') : new URL('../../', here).href,
  );
}

export function compiler(): string | undefined {
  return COMPILERS.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0);
}

/** Whether Ed25519 is there for the virtual board; a real one has its own. */
export function knowsEd25519(cc: string): boolean {
  const source = '#include <sodium.h>\nint main(void) { return sodium_init() < 0; }\n';
  const args = ['-x', 'c', '-', '-lsodium', '-o', '/dev/null'];
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
  const root = rootFolder();
  const folder = join(root, 'firmware-protocol/serial/c');
  const sources = [folder, join(folder, 'host')].flatMap((each) =>
    readdirSync(each)
      .filter((name) => /\.[ch]$/.test(name))
      .map((name) => join(each, name)),
  );
  const sodium = knowsEd25519(cc) ? ['-DPRAKAT_WITH_SODIUM'] : [];
  const args = [...WARNINGS, '-O2', '-g', ...flags, ...shapeOf(options, sodium.length > 0), ...sodium];
  const hash = createHash('sha256').update(args.join('\n'));
  for (const source of sources) hash.update(readFileSync(source));
  const made = join(root, 'dist/c-board', hash.digest('hex').slice(0, 16));
  if (existsSync(made)) return made;
  mkdirSync(join(root, 'dist/c-board'), { recursive: true });
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
