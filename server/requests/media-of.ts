import type {
  Announcement,
  PanelContent,
  TowerContent,
} from '../../firmware-protocol/content/announcement.ts';
import { ServerError } from '../errors.ts';
import { domainFault } from '../faults/domain-fault.ts';
import type { RequestNeeds } from './request-row.ts';
import { mediaRefOf, pictureRefOf } from './short-form.ts';

/** Sound or pictures, by their hash. */
interface Library<T> {
  get(sha256: string): Promise<T | undefined>;
}

/** The library's entries of these hashes. Throws `unknown-media` with a fault for each that it does not have. */
export async function mediaOf<T>(
  wanted: { sha256: string; path: string }[],
  library: Library<T>,
): Promise<T[]> {
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

/**
 * Size and length as the libraries know them: a document that is wrong about its sound or its pictures would be refused, or
 * shown without them, in every hall.
 */
export async function withLibraryFacts(
  announcement: Announcement,
  { media, pictures }: Pick<RequestNeeds, 'media' | 'pictures'>,
  path = 'announcement',
): Promise<Announcement> {
  const { tower, panel } = announcement;
  return {
    ...announcement,
    ...(tower && { tower: await withKnownSound(tower, media, `${path}.tower`) }),
    ...(panel && { panel: await withKnownPictures(panel, pictures, `${path}.panel`) }),
  };
}

async function withKnownSound(
  tower: TowerContent,
  library: RequestNeeds['media'],
  path: string,
): Promise<TowerContent> {
  const wanted = tower.parts.flatMap((part, at) =>
    part.type === 'media' ? [{ sha256: part.sha256, path: `${path}.parts[${at}].sha256` }] : [],
  );
  const known = new Map((await mediaOf(wanted, library)).map((info) => [info.sha256, mediaRefOf(info)]));
  const parts = tower.parts.map((part) => (part.type === 'media' ? (known.get(part.sha256) ?? part) : part));
  return { ...tower, parts };
}

async function withKnownPictures(
  panel: PanelContent,
  library: RequestNeeds['pictures'],
  path: string,
): Promise<PanelContent> {
  const wanted = panel.pages.flatMap(({ picture }, at) =>
    picture === undefined ? [] : [{ sha256: picture.sha256, path: `${path}.pages[${at}].picture.sha256` }],
  );
  const known = new Map((await mediaOf(wanted, library)).map((info) => [info.sha256, pictureRefOf(info)]));
  const pages = panel.pages.map((page) =>
    page.picture === undefined ? page : { ...page, picture: known.get(page.picture.sha256) ?? page.picture },
  );
  return { ...panel, pages };
}
