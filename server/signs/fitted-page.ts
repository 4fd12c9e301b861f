import type { Fault } from '../../firmware-protocol/mqtt/answer.ts';
import type { PreviewAnswer } from '../../firmware-protocol/mqtt/sign-requests.ts';
import type { PreviewedPage } from './sign-painter.ts';

/** For all pages of an answer, below what the row `operatorResponse` allows: the faces and faults stand beside them. */
export const PREVIEW_BYTES = 512 * 1024;
/** Of a screen beside its picture, JSON. */
const SCREEN_BYTES = 256;

type Told = PreviewAnswer['signs'][number]['pages'][number];

/** A page as people get it: as many of its screens, from the first, as have room. */
export function fitted(
  number: number,
  { screens, pictures }: PreviewedPage,
  faults: Fault[],
  roomBytes: number,
): { told: Told; bytes: number } {
  let bytes = 0;
  const places = new Map<number, number>();
  const placeOf = (picture: number): number => {
    const place = places.get(picture) ?? places.size;
    places.set(picture, place);
    return place;
  };
  const shown: Told['screens'] = [];
  for (const screen of screens) {
    const named = [screen.picture, ...(screen.running ? [screen.running.picture] : [])];
    const fresh = [...new Set(named)].filter((picture) => !places.has(picture));
    const cost = fresh.reduce((sum, picture) => sum + (pictures[picture]?.length ?? 0), SCREEN_BYTES);
    if (bytes + cost > roomBytes) break;
    bytes += cost;
    shown.push({
      ...screen,
      picture: placeOf(screen.picture),
      ...(screen.running && { running: { ...screen.running, picture: placeOf(screen.running.picture) } }),
    });
  }
  const told: Told = {
    page: number,
    ms: screens.reduce((sum, { ms }) => sum + ms, 0),
    screens: shown,
    pictures: [...places.keys()].map((picture) => pictures[picture] ?? ''),
    faults,
    ...(shown.length < screens.length && { cut: true }),
  };
  return { told, bytes };
}
