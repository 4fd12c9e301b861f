import { chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lang } from '../../../cli/words.ts';
import type { Visit } from '../visit.ts';
import { Redaction, secretsOf } from './redaction.ts';
import { resultText, type VisitResult } from './result.ts';
import { supportBundle } from './support-bundle.ts';

export interface ResultFiles {
  /** To send by LINE, as words or as a picture. */
  text: string;
  picture?: string;
  /** For who helps from afar. */
  bundle: string;
}

/** Writes what the visit leaves behind. A picture that cannot be painted is left out: the words say the same. */
export async function writeResult(
  folder: string,
  visit: Visit,
  found: VisitResult,
  lang: Lang,
): Promise<ResultFiles> {
  // What a broker or a name service said stands in the findings: nobody knows what that was.
  const redaction = new Redaction(secretsOf(visit));
  const result: VisitResult = JSON.parse(redaction.json(found));
  await mkdir(folder, { recursive: true });
  const name = `prakat-${result.device === '-' ? 'hall' : result.device}-${result.at.slice(0, 16).replace(/[-:]/g, '').replace('T', '-')}`;
  const path = (ending: string) => join(folder, `${name}.${ending}`);
  const text = resultText(result, lang);
  await writeFile(path('txt'), `${text}\n`, { mode: 0o600 });
  const [head = ''] = text.split('\n\n');
  const picture = await pictureIn(path('png'), result, head, lang);
  // The link to the page of the box is a key to it: the village head gets it, and not who helps from afar.
  const { page: _key, ...afar } = result;
  const bundle = await supportBundle(visit, afar, resultText(afar, lang), redaction);
  await writeFile(path('tar.gz'), bundle, { mode: 0o600 });
  const files = { text: path('txt'), ...picture, bundle: path('tar.gz') };
  await giveToCaller(Object.values(files));
  return files;
}

/** The image library has native parts, and a box on which they do not load must still tell what is wrong with it. */
async function pictureIn(
  path: string,
  result: VisitResult,
  head: string,
  lang: Lang,
): Promise<{ picture?: string }> {
  try {
    const { resultPicture } = await import('./result-picture.ts');
    await writeFile(path, await resultPicture(result, head, lang), { mode: 0o600 });
    return { picture: path };
  } catch {
    return {};
  }
}

/** With sudo the files would be root's, and who sends them by LINE could not read them. */
async function giveToCaller(paths: string[]): Promise<void> {
  const [user, group] = [Number(process.env.SUDO_UID), Number(process.env.SUDO_GID)];
  if (process.getuid?.() !== 0 || !Number.isInteger(user) || !Number.isInteger(group)) return;
  for (const path of paths) await chown(path, user, group).catch(() => {});
}
