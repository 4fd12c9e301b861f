import { rename, rm, writeFile } from 'node:fs/promises';
import type { Cli } from '../../cli.ts';
import type { Profile } from '../../operator/profile.ts';
import { refusalOf, serverUnreachable } from '../../operator/refusal.ts';
import { asOperator } from '../../operator/session.ts';
import { basicAuth } from '../../operator/upload.ts';

/** `audio say TEXT`: speech in the server's library, and a copy of it here to listen to. */
export async function say(text: string, out: string | undefined, cli: Cli): Promise<void> {
  await asOperator(async (operator, profile) => {
    const spoken = await operator.ask('say', { text });
    if (out !== undefined) await fetchMedia(profile, spoken.sha256, out);
    const seconds = (spoken.ms / 1_000).toFixed(1);
    const where = out === undefined ? '' : ` -> ${out}`;
    cli.tell({
      en: `${seconds} s by ${spoken.voice}${where}; push it with --media ${spoken.sha256}`,
      th: `${seconds} วินาที โดย ${spoken.voice}${where} ประกาศด้วย --media ${spoken.sha256}`,
    });
    cli.print({ ...spoken, ...(out !== undefined && { out }) });
  });
}

/** The file is there whole, or not at all. */
async function fetchMedia(profile: Profile, sha256: string, out: string): Promise<void> {
  const response = await fetch(new URL(`/media/${sha256}`, profile.server), {
    headers: { authorization: basicAuth(profile) },
  }).catch((cause: unknown) => {
    throw serverUnreachable(profile.server, cause);
  });
  if (!response.ok || response.body === null) throw await refusalOf(response);
  const unfinished = `${out}.new`;
  try {
    await writeFile(unfinished, response.body);
    await rename(unfinished, out);
  } finally {
    await rm(unfinished, { force: true });
  }
}
