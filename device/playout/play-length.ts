import type { Output } from '../../firmware-protocol/content/band.ts';
import type { Play } from './play.ts';

/** A chime made by the device is never longer. */
const LONGEST_CHIME_MS = 10_000;

/** How long a play takes on an output by its document, ms. */
export function playLengthMs(play: Play, output: Output): number {
  return output === 'tower' ? towerLengthMs(play) : panelLengthMs(play);
}

function towerLengthMs({ announcement: { tower } }: Play): number {
  if (tower === undefined) return 0;
  const partsMs = tower.parts.reduce((sum, part) => sum + part.ms, 0);
  return LONGEST_CHIME_MS + tower.times * partsMs + (tower.times - 1) * tower.gap_ms;
}

function panelLengthMs({ announcement: { panel } }: Play): number {
  if (panel === undefined) return 0;
  return panel.times * panel.pages.reduce((sum, page) => sum + page.seconds * 1_000, 0);
}
