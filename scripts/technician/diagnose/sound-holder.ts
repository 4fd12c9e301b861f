import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { holderOf, type PortHolder } from '../port-holder.ts';

/** What a card says that somebody else plays on (ALSA's own words for EBUSY). */
const BUSY = /Device or resource busy/;
const PLAYBACK = /^pcmC\d+D\d+p$/;

export function isBusy(said: string): boolean {
  return BUSY.test(said);
}

/** The program that has a sound card open for playing, as far as this user may look. */
export async function soundHolder(root = '/'): Promise<PortHolder | undefined> {
  const folder = join(root, 'dev/snd');
  const outputs = (await readdir(folder).catch(() => [])).filter((name) => PLAYBACK.test(name));
  for (const name of outputs) {
    const holder = await holderOf(join(folder, name), root);
    if (holder !== undefined) return holder;
  }
  return undefined;
}
