import type { PaintRequest, PanelFace } from '../../../device/sign-ports.ts';
import { BANDS, type Band } from '../../../firmware-protocol/content/band.ts';
import samples from '../../../scripts/virtual-village/announcements.th.json' with { type: 'json' };

/** Signs of a hall and of a crossroads, a small one, and the lowest ones, whose words run through. */
const FACES: PanelFace[] = [
  { width: 128, height: 64, depth: 'rgb565', marquee: false },
  { width: 192, height: 96, depth: 'rgb565', marquee: false },
  { width: 64, height: 32, depth: 'rgb565', marquee: false },
  { width: 128, height: 16, depth: 'rgb111', marquee: true },
  { width: 64, height: 16, depth: 'mono', marquee: true },
];

/** Of the announcements that are more than ordinary: each palette is seen, and a hotline. */
const MORE_THAN_ORDINARY: Record<string, { band: Band; hotline?: string }> = {
  'flood-1': { band: BANDS.alert, hotline: 'สายด่วน 1784' },
  'scam-1': { band: BANDS.urgent },
  'scam-2': { band: BANDS.urgent, hotline: 'สายด่วน 1441' },
};

/** One announcement on one sign. */
export interface AnnouncedPage {
  /** `128x64-rgb565/flood-1`. */
  name: string;
  request: PaintRequest;
}

/** Every announcement on every sign. */
export function announcedPages(): AnnouncedPage[] {
  return FACES.flatMap((face) =>
    samples.texts.map(({ id, title, text }) => {
      const { band, ...hotline } = MORE_THAN_ORDINARY[id] ?? { band: BANDS.scheduled };
      const page = { title, text, ...hotline, seconds: 10 };
      return {
        name: `${face.width}x${face.height}-${face.depth}/${id}`,
        request: { ...face, content: { type: 'page', page, band } },
      };
    }),
  );
}
