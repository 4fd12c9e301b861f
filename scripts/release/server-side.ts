import { join } from 'node:path';
import { AreaCode } from '../../firmware-protocol/content/area.ts';
import { type Claimed, type KeySet, refuseScope } from '../../firmware-protocol/content/key-set.ts';
import type { Release } from '../../firmware-protocol/content/release.ts';
import { verifies } from '../../firmware-protocol/content/signature.ts';
import { REFUSAL_WORDS } from '../../firmware-protocol/mqtt/play-words.ts';
import { openReleaseCounter, type ReleaseCounter } from '../../server/app/releases.ts';
import { Failed } from '../cli.ts';
import { serverConfigAt } from '../operator/server-config.ts';
import { serverFailure } from '../operator/server-failure.ts';
import { refuseConfig, writtenJson } from '../operator/written-document.ts';
import { PublicHalf } from './key-file.ts';
import { filesOf, readRelease } from './release-file.ts';

/** Adds a key to the key set of a server. */
export async function trustKey(
  path: string,
  areas: string[],
  config: string | undefined,
): Promise<{ id: string; version: number }> {
  const written = await writtenJson(path);
  refuseConfig(path, PublicHalf, written);
  refuseConfig('--area', AreaCode.array(), areas);
  const half = PublicHalf.parse(written);
  return await atCounter(config, async ({ trust }) => {
    const { version } = await trust(half, AreaCode.array().parse(areas));
    return { id: half.id, version };
  });
}

/** Puts files and document where the server finds them, the document last. */
export async function publishRelease(
  path: string,
  builds: string,
  config: string | undefined,
): Promise<{ area: string; version: string; share: number; files: number }> {
  const { release, text } = await readRelease(path);
  return await atCounter(config, async ({ keys, folder }) => {
    refuseUntrusted(keys, release, JSON.parse(text));
    const media = join(builds, 'media');
    const files = release.share === 0 ? [] : await filesOf(release, media);
    for (const sha256 of files)
      if (!(await folder.putFile(join(media, sha256), sha256)))
        throw new Failed(
          { en: `${join(media, sha256)} is not what its name says`, th: `ไฟล์ ${sha256} เสียหาย` },
          { code: 'build-damaged' },
        );
    const { area, version, share } = release;
    await folder.put(area, text);
    return { area, version, share, files: files.length };
  });
}

/** What every hall would refuse is not handed out. */
function refuseUntrusted(keys: KeySet, release: Release, raw: object): void {
  const { signature, area, issued_at } = release;
  const claimed: Claimed = { use: 'release', band: 0, to: [area], at: issued_at };
  const why = refuseScope(keys, signature.key, claimed, () => undefined);
  const key = keys.keys.find(({ id }) => id === signature.key);
  if (why === undefined && key !== undefined && verifies(raw, signature, key.public)) return;
  const reason = why ?? 'bad-signature';
  throw new Failed(
    {
      en: `the halls would refuse it: ${REFUSAL_WORDS[reason].en}`,
      th: `หอจะไม่รับเอกสารนี้: ${REFUSAL_WORDS[reason].th}`,
    },
    { code: reason },
  );
}

async function atCounter<T>(
  config: string | undefined,
  work: (counter: ReleaseCounter) => Promise<T>,
): Promise<T> {
  const counter = await openReleaseCounter(await serverConfigAt(config)).catch((error: unknown) => {
    throw serverFailure(error);
  });
  try {
    return await work(counter);
  } catch (error) {
    throw serverFailure(error);
  } finally {
    await counter.close();
  }
}
