import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import type { Architecture, Release } from '../../firmware-protocol/content/release.ts';
import { readManifest } from '../../firmware-protocol/content/release-manifest.ts';
import { DeviceError } from '../errors.ts';
import type { SlotName, Slots } from '../update-ports.ts';

export interface StagingNeeds {
  slots: Slots;
  architecture: Architecture;
  /** Path of a verified file; resumed and tried again until the signal gives it up. Rejects as `MediaFetcher.ensure`. */
  fetch: (sha256: string, bytes: number, signal: AbortSignal) => Promise<string>;
  /** The text of a file that was just verified. */
  read: (path: string) => Promise<string>;
}

/**
 * Brings one version here: its manifest, and of its files those that no version on the box has yet. Resolves to the
 * slot that holds it whole. Rejects with DeviceError: `update-corrupt`, `media-unreachable`, `media-corrupt`, `store-full`.
 */
export async function stageRelease(
  release: Release,
  build: { manifest: string; bytes: number },
  { slots, architecture, fetch, read }: StagingNeeds,
  signal: AbortSignal,
): Promise<SlotName> {
  const text = await read(await fetch(build.manifest, build.bytes, signal));
  const manifest = readManifest(text);
  if ('fault' in manifest) throw new DeviceError('update-corrupt', { why: manifest.fault });
  const { version } = release;
  // A build of another version or machine under the signed name would run, and be taken for this one.
  if (manifest.version !== version || manifest.architecture !== architecture)
    throw new DeviceError('update-corrupt', { why: `${manifest.version} ${manifest.architecture}` });
  return slots.fill(
    version,
    { sha256: build.manifest, text, at: epochMsOf(release.issued_at) },
    async ({ sha256, bytes }) => (await slots.find(sha256)) ?? fetch(sha256, bytes, signal),
  );
}
