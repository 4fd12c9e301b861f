import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

/**
 * The start is over by then, and what it compiled is not forgotten yet: V8 tidies up after eight idle seconds, and a quarter of
 * the code that was kept after that was missing at the next start.
 */
export const KEEP_AFTER_MS = 5_000;
/** SHA-256, in front of the code. */
const SUM_BYTES = 32;

/** Wraps a CommonJS bundle as Node wraps a module; the build puts this around it (scripts/build/bundle.mjs). */
type Bundle = (
  exports: object,
  require: NodeJS.Require,
  module: object,
  file: string,
  folder: string,
) => void;

export interface KeptCodeOptions {
  /** The bundle, ASCII; see scripts/build/bundle.mjs. */
  path: string;
  /** Where compiled code is kept between starts; undefined = nowhere. */
  folder: string | undefined;
  keepAfterMs?: number;
}

/**
 * Runs a bundle with the code that V8 made of it at an earlier start, which is half of a start's work. V8 compares its own
 * version and flags, and of the source the length only: so the sum in front is over source and code, and anything else than
 * just what was written is compiled anew. Kept code that is missing, torn or of another version costs time and nothing else.
 * Throws what the bundle throws.
 */
export function runWithKeptCode({
  path,
  folder,
  keepAfterMs = KEEP_AFTER_MS,
}: KeptCodeOptions): 'kept' | 'compiled' {
  const source = readFileSync(path, 'latin1');
  const kept = folder === undefined ? undefined : join(folder, 'code');
  const code = kept === undefined ? undefined : readCode(kept, source);
  const script = new Script(source, { filename: path, ...(code && { cachedData: code }) });
  const bundle: Bundle = script.runInThisContext();
  const module = { exports: {} };
  bundle(module.exports, createRequire(path), module, path, dirname(path));
  if (code !== undefined && script.cachedDataRejected === false) return 'kept';
  if (kept !== undefined)
    setTimeout(() => keepCode(kept, source, script.createCachedData()), keepAfterMs).unref();
  return 'compiled';
}

function readCode(kept: string, source: string): Buffer | undefined {
  try {
    const read = readFileSync(kept);
    const code = read.subarray(SUM_BYTES);
    return sumOf(source, code).equals(read.subarray(0, SUM_BYTES)) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** A card that takes no writes has no fast starts, and no other harm. */
function keepCode(kept: string, source: string, code: Buffer): void {
  try {
    writeFileSync(`${kept}.new`, Buffer.concat([sumOf(source, code), code]), { mode: 0o600 });
    renameSync(`${kept}.new`, kept);
  } catch {}
}

function sumOf(source: string, code: Uint8Array): Buffer {
  return createHash('sha256').update(source, 'latin1').update(code).digest();
}
