import type { Page } from '../../firmware-protocol/content/announcement.ts';
import type { Band } from '../../firmware-protocol/content/band.ts';
import type { RunningStrip, SignFace } from '../../firmware-protocol/mqtt/sign-screen.ts';

/** The very painter of the halls, in a process of the server. Types only. */
export interface SignPainter {
  /** One page for one sign. Rejects `busy`, `preview-failed`, `preview-hung`. */
  paint(job: PreviewJob, by: string): Promise<PreviewedPage>;
  close(): Promise<void>;
}

export interface PreviewJob {
  face: SignFace;
  page: Page;
  band: Band;
  /** The file of the page's picture; absent = it has none, or the server has lost it. */
  picture?: string;
}

export interface PreviewedPage {
  screens: PreviewedScreen[];
  /** PNG in base64, each once; screens name them by their place. */
  pictures: string[];
  /** What of the page is not to be seen on this sign: as its report would say it. */
  leftOut: { part: 'picture' | 'qr'; reason: string }[];
  words: { kind: 'unshown' | 'ornaments' | 'cut'; what: string[] }[];
}

export interface PreviewedScreen {
  picture: number;
  /** CRC-32 of the page as halls report it, 8 hex digits. */
  crc: string;
  /** How long it stands. */
  ms: number;
  running?: (RunningStrip & { picture: number }) | undefined;
}
