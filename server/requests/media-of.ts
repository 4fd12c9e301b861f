import type { Announcement } from '../../firmware-protocol/content/announcement.ts';
import type { MediaInfo } from '../../firmware-protocol/http/media.ts';
import { ServerError } from '../errors.ts';
import { domainFault } from '../faults/domain-fault.ts';
import type { MediaTable } from '../tables.ts';
import { mediaRefOf } from './short-form.ts';

type Library = Pick<MediaTable, 'get'>;

/** The library's entries of these hashes. Throws `unknown-media` with a fault for each that it does not have. */
export async function mediaOf(
  wanted: { sha256: string; path: string }[],
  library: Library,
): Promise<MediaInfo[]> {
  const found = await Promise.all(
    wanted.map(async (one) => ({ ...one, info: await library.get(one.sha256) })),
  );
  const missing = found.filter(({ info }) => info === undefined);
  const [first] = missing;
  if (first !== undefined)
    throw new ServerError('unknown-media', {
      context: { sha256: first.sha256 },
      faults: missing.map(({ path, sha256 }) => domainFault(path, 'unknown-media', { sha256 })),
    });
  return found.flatMap(({ info }) => info ?? []);
}

/** Size and length as the library knows them: a document that is wrong about its sound would be refused in every hall. */
export async function withLibraryFacts(
  announcement: Announcement,
  library: Library,
  path = 'announcement',
): Promise<Announcement> {
  const { tower } = announcement;
  if (tower === undefined) return announcement;
  const wanted = tower.parts.flatMap((part, at) =>
    part.type === 'media' ? [{ sha256: part.sha256, path: `${path}.tower.parts[${at}].sha256` }] : [],
  );
  const known = new Map((await mediaOf(wanted, library)).map((info) => [info.sha256, mediaRefOf(info)]));
  const parts = tower.parts.map((part) => (part.type === 'media' ? (known.get(part.sha256) ?? part) : part));
  return { ...announcement, tower: { ...tower, parts } };
}
