import { readManifest } from '../../firmware-protocol/content/release-manifest.ts';
import type { Slots } from '../update-ports.ts';
import type { Step } from './next-step.ts';

export interface MissingPartsNeeds {
  slots: Pick<Slots, 'find'>;
  /** Path of a verified file that came before; undefined = it did not. */
  held: (sha256: string) => Promise<string | undefined>;
  /** The text of a file that was just verified. */
  read: (path: string) => Promise<string>;
}

/** What of a version that is to be fetched is not on this box. The manifest alone, until it is here and tells the rest. */
export async function missingParts(
  step: Step,
  { slots, held, read }: MissingPartsNeeds,
): Promise<{ sha256: string; bytes: number }[]> {
  if (step.do !== 'fetch') return [];
  const { manifest: sha256, bytes } = step.build;
  const path = await held(sha256);
  if (path === undefined) return [{ sha256, bytes }];
  const manifest = readManifest(await read(path));
  const missing: { sha256: string; bytes: number }[] = [];
  for (const file of 'fault' in manifest ? [] : manifest.files)
    if ((await slots.find(file.sha256)) === undefined && (await held(file.sha256)) === undefined)
      missing.push(file);
  return missing;
}
