import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Sha256 } from './announcement.ts';
import { AreaCode } from './area.ts';
import { Instant } from './instant.ts';
import { Signature } from './signature.ts';

export const RELEASE_LIMITS = {
  /** 2,000 files of 150 letters. */
  manifestBytes: 512 * 1024,
  files: 2_000,
  fileBytes: 128 * 1024 * 1024,
  /** Of one version, unpacked: two of them and the base fit on a card of 4 GB with room for sound. */
  totalBytes: 400 * 1024 * 1024,
  /** Two weeks: a nation at 64 kbit/s takes its time. */
  spreadMinutes: 20_160,
} as const;

/** Machines that a hall may have, by their Debian names. */
export const ARCHITECTURES = ['amd64', 'arm64', 'armhf'] as const;
export const Architecture = z.enum(ARCHITECTURES);
export type Architecture = z.infer<typeof Architecture>;

/** Three whole numbers, compared as numbers; nothing behind them, so that there is only one order. */
export const Version = z
  .string()
  .regex(/^(0|[1-9]\d{0,4})(\.(0|[1-9]\d{0,4})){2}$/, 'a version is three numbers: "0.2.0"');
export type Version = z.infer<typeof Version>;

/** Below, at or above 0 as `a` is older than, the same as or newer than `b`. */
export function compareVersions(a: Version, b: Version): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

/**
 * A version of the agent for the halls of an area. It names a manifest, the manifest names every file by its hash, and
 * the hall checks both again each time it starts that version: what was signed is what runs.
 */
export const Release = z.object({
  format: z.literal(1),
  /** Names of members that a reader must understand or refuse the document (as `crit` in RFC 7515, 4.1.11). */
  crit: z.array(z.string()).max(8).optional(),
  area: AreaCode,
  version: Version,
  by: z.string().min(1).max(64),
  /** The later document of an area replaces the earlier one: the share grows, or falls to 0 = withdrawn. */
  issued_at: Instant,
  /** No hall begins before. */
  not_before: Instant,
  /** Each hall begins at a moment of its own within so long after `not_before`. */
  spread_minutes: z.int().min(0).max(RELEASE_LIMITS.spreadMinutes),
  /** Percent of the halls, always the same ones first. */
  share: z.int().min(0).max(100),
  /** The oldest version that may be replaced by this one directly. */
  least: Version,
  builds: z.partialRecord(
    Architecture,
    z.object({ manifest: Sha256, bytes: z.int().min(1).max(RELEASE_LIMITS.manifestBytes) }),
  ),
  signature: Signature,
});
export type Release = z.infer<typeof Release>;
export type UnsignedRelease = Omit<z.input<typeof Release>, 'signature'>;

/** Where a device stands among all, 0 up to 1; the same for every copy of a version, another for another `purpose`. */
export function placeOf(version: Version, device: string, purpose: 'share' | 'spread'): number {
  const hash = createHash('sha256').update(`${purpose}/${version}/${device}`).digest();
  return hash.readUInt32BE(0) / 2 ** 32;
}
