import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { wavFilesIn } from '../../device/drivers/sound/wav-player.ts';
import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import type { EndedEvent, TowerEvidence } from '../../firmware-protocol/content/report.ts';
import type { OperatorClient } from '../operator/client.ts';
import type { Hall } from './hall.ts';

/** What one hall did, from the reports that the server stored, and from the things themselves. */
export interface HallResult {
  device: string;
  area: string;
  targeted: boolean;
  tower: {
    outcome: string;
    started_at: string | null;
    seconds: number;
    peak_dbfs: number | null;
    wav: string | null;
  };
  panel: { outcome: string; png: string | null; crc: string | null; board_crc: string | null };
  reports: { sent: number; stored: number };
}

/** The result of one hall, and what only its table tells. */
export interface HallStory {
  result: HallResult;
  /** When the tower fell silent; null = it never sounded. */
  until: string | null;
  /** How many `sign-N.png` lie in the hall's folder. */
  screens: number;
}

const POLL_MS = 100;
/** Stored within a second on loopback; the rest is for a machine that is busy elsewhere. */
const STORED_TIMEOUT_MS = 20_000;

/** Asks the server what it stored of a hall, and looks at the hall's sound folder and sign. */
export async function storyOf(
  hall: Hall,
  targeted: boolean,
  play: string,
  operator: OperatorClient,
): Promise<HallStory> {
  const { device, village } = hall.plan;
  const reports = await settledReports(hall, operator);
  const { reports: ofPlay } = await operator.ask('reports', { device, play });
  const ends = ofPlay.flatMap(({ event }) => (event.type === 'ended' ? [event] : []));
  const tower = ends.find((end) => end.output === 'tower');
  const panel = ends.find((end) => end.output === 'panel');
  const result = {
    device,
    area: village,
    targeted,
    tower: await towerResult(hall, tower),
    panel: await panelResult(hall, panel),
    reports,
  };
  return { result, until: tower?.ended_at ?? null, screens: await saveScreens(hall, panel) };
}

async function towerResult(hall: Hall, end: EndedEvent | undefined): Promise<HallResult['tower']> {
  const peak = end?.tower?.peak_cdbfs;
  return {
    outcome: end?.outcome ?? 'silent',
    started_at: end?.started_at ?? null,
    seconds: secondsOf(end?.tower),
    peak_dbfs: peak === undefined ? null : peak / 100,
    wav: (await wavFilesIn(hall.wavFolder)).at(-1) ?? null,
  };
}

/** How much sound the device accepted: what a WAV of it is long. */
function secondsOf(evidence: TowerEvidence | undefined): number {
  return evidence === undefined ? 0 : Math.round((evidence.frames / evidence.rate_hz) * 1_000) / 1_000;
}

/** `png` is of the page with the CRC that the hall reported, the one the sign showed last, one pixel a lamp. */
async function panelResult(hall: Hall, end: EndedEvent | undefined): Promise<HallResult['panel']> {
  const crc = end?.panel?.crc ?? null;
  const picture = crc === null ? undefined : hall.camera.picture(crc);
  const png = picture === undefined ? null : join(hall.folder, 'sign.png');
  if (picture !== undefined && png !== null) await writeFile(png, picture.png());
  return { outcome: end?.outcome ?? 'idle', png, crc, board_crc: end?.panel?.board_crc ?? null };
}

/** Every screen of the announcement in order, enlarged for eyes: `sign-1.png` and so on. Resolves to how many. */
async function saveScreens({ camera, folder }: Hall, end: EndedEvent | undefined): Promise<number> {
  if (end?.panel === undefined || end.started_at === undefined) return 0;
  const shown = camera.pagesBetween(epochMsOf(end.started_at), epochMsOf(end.ended_at));
  // The idle page may be back before the end is written down: the page that the hall reported was the last.
  const screens = shown.slice(0, shown.findLastIndex(({ crc }) => crc === end.panel?.crc) + 1);
  for (const [index, screen] of screens.entries())
    await writeFile(join(folder, `sign-${index + 1}.png`), screen.enlarged());
  return screens.length;
}

/** Waits until the server has stored all that the hall sent; gives both numbers as they are when it is over. */
async function settledReports(hall: Hall, operator: OperatorClient): Promise<HallResult['reports']> {
  const until = performance.now() + STORED_TIMEOUT_MS;
  for (;;) {
    const sent = await highestSent(hall);
    const { stored } = await operator.ask('reports', { device: hall.plan.device });
    if ((sent > 0 && stored === sent) || performance.now() > until) return { sent, stored };
    await wait(POLL_MS);
  }
}

/** The highest report number that the agent's own log says it sent. */
async function highestSent(hall: Hall): Promise<number> {
  const log = await readFile(hall.logPath, 'utf8').catch(() => '');
  return Math.max(0, ...[...log.matchAll(/"up_to":(\d+),"msg":"reports sent"/g)].map(([, n]) => Number(n)));
}

/** Milliseconds from an instant to the first sample in each hall that sounded. */
export function firstSoundDelays(results: HallResult[], publishedAt: number): number[] {
  return results.flatMap(({ tower }) =>
    tower.started_at === null ? [] : [epochMsOf(tower.started_at) - publishedAt],
  );
}
