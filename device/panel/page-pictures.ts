import type { Page, PictureRef } from '../../firmware-protocol/content/announcement.ts';
import { BANDS, type Band } from '../../firmware-protocol/content/band.ts';
import { isDeviceError } from '../errors.ts';
import type { Clock } from '../ports.ts';

/** The file of a picture, or why it is not there. */
export type Fetched = { path: string } | { reason: string };

export interface PictureSource {
  clock: Pick<Clock, 'after'>;
  /** Path of a file that is whole and verified, fetched if need be, until the signal gives it up. Rejects `media-*`. */
  ensurePicture: (picture: PictureRef, signal: AbortSignal) => Promise<string>;
}

/**
 * How long the words of all pages wait for their pictures: those of a warning hardly, those of the programme within the time
 * in which it is made ready.
 */
const PICTURE_WAIT_MS = { alert: 1_000, others: 20_000 } as const;

/** The pictures of some pages, by SHA-256, fetched side by side. */
export async function fetchPictures(
  pages: Page[],
  band: Band,
  { clock, ensurePicture }: PictureSource,
  signal: AbortSignal,
): Promise<Map<string, Fetched>> {
  const named = new Map(pages.flatMap(({ picture }) => (picture ? [[picture.sha256, picture]] : [])));
  const late = new AbortController();
  const waitMs = band >= BANDS.alert ? PICTURE_WAIT_MS.alert : PICTURE_WAIT_MS.others;
  const cancel = clock.after(waitMs, () => late.abort());
  const patience = AbortSignal.any([signal, late.signal]);
  const fetchOne = async (picture: PictureRef): Promise<[string, Fetched]> => {
    try {
      return [picture.sha256, { path: await ensurePicture(picture, patience) }];
    } catch (error) {
      if (!isDeviceError(error)) throw error;
      return [picture.sha256, { reason: error.code }];
    }
  };
  try {
    return new Map(await Promise.all([...named.values()].map(fetchOne)));
  } finally {
    cancel();
  }
}
