import type { MediaInfo } from '../../../firmware-protocol/http/media.ts';

/** Sound that the server has prepared for towers, as a page keeps it. */
export interface Sound {
  sha256: string;
  /** 0 = the library does not tell this account. */
  ms: number;
  title: string;
  /** Hundredths of LUFS; absent where only a voice of the server told. */
  loudness_clufs?: number;
}

export const soundOf = ({ sha256, ms, title, loudness_clufs }: MediaInfo): Sound => ({
  sha256,
  ms,
  title,
  loudness_clufs,
});

/** As many as a push names. */
export const SOUNDS_MOST = 8;

/** Where the prepared file is: the same bytes that a tower plays. */
export const soundAddress = (sha256: string): string => `/media/${sha256}`;

/** One step earlier or later; at the ends it stays. */
export function moved(sounds: readonly Sound[], at: number, by: -1 | 1): Sound[] {
  const other = at + by;
  const [one, two] = [sounds[at], sounds[other]];
  if (one === undefined || two === undefined) return [...sounds];
  return sounds.map((sound, index) => (index === at ? two : index === other ? one : sound));
}
