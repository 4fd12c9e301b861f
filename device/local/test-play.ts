import type { TowerContent } from '../../firmware-protocol/content/announcement.ts';
import { BANDS } from '../../firmware-protocol/content/band.ts';
import { BANGKOK_OFFSET_MS } from '../../firmware-protocol/content/instant.ts';
import type { Tested } from '../../firmware-protocol/local/verbs.ts';
import { patternBitmap } from '../panel/pattern-bitmap.ts';
import type { Play } from '../playout/play.ts';
import type { LocalHall } from './local-hall.ts';

const TEST_TIMES = {
  /** From the request to the end: the wait, the amplifier, the sound, and a disk that is slow. */
  end_ms: 90_000,
  /** Long enough to hear the relay, and for a current to be measured. */
  amplifier_ms: 3_000,
} as const;

/** Thai letters with marks above, below and stacked: what a sign gets wrong first. */
const TEST_PAGE = 'ทดสอบป้าย ผู้ใหญ่บ้านที่นี่';

/**
 * A test of one output: in the band of scheduled announcements, so that no test ever speaks over anything that matters. While
 * something does, it waits for `waitSeconds`.
 */
export async function runTest(hall: LocalHall, play: TestPlay, waitSeconds: number): Promise<Tested> {
  const now = hall.clock.wall();
  const test: Play = {
    ...play,
    id: `local/test/${compactLocal(now)}`,
    band: BANDS.scheduled,
    latestStart: now + waitSeconds * 1_000,
    whenCut: 'give-up',
  };
  const ended = hall.recent.endOf(test.id, TEST_TIMES.end_ms);
  await hall.play(test);
  const end = await ended;
  if (end === undefined) return { play: test.id, outcome: 'interrupted', reason: 'no-answer' };
  const { outcome, reason, detail, tower, panel } = end;
  return {
    ...{ play: test.id, outcome },
    ...{
      ...(reason && { reason }),
      ...(detail && { detail }),
      ...(tower && { tower }),
      ...(panel && { panel }),
    },
  };
}

type TestMember = 'id' | 'band' | 'latestStart' | 'whenCut';
/** What a test says; when and in which band is the same for all. */
export type TestPlay = Omit<Play, TestMember>;

/** A chime at a share of the hall's own level, `level` in percent of it. That it was confirmed for the night stands in its report. */
export function toneTest(level: number, isAtNight = false): TestPlay {
  const said = { chime: 'ding', times: 1, gap_ms: 0 } as const;
  const confirmed = isAtNight ? ' (ช่างที่หอยืนยันให้ดังในเวลางดใช้เสียง)' : '';
  return {
    ...towerTest(`ทดสอบเสียง ${level} %${confirmed}`, { ...said, parts: [] }),
    ...(isAtNight && { atNight: true as const }),
    gainDb: 20 * Math.log10(level / 100),
  };
}

/** The amplifier alone: on, silence, off. */
export function amplifierTest(): TestPlay {
  const pause = { type: 'pause', ms: TEST_TIMES.amplifier_ms } as const;
  return towerTest('ทดสอบเครื่องขยายเสียง', { chime: 'none', parts: [pause], times: 1, gap_ms: 0 });
}

/** Colours that find dead lamps, then every second one, which finds neighbours that light together. */
const LAMP_PATTERNS = ['red', 'green', 'blue', 'white', 'checker', 'checker-inverse'] as const;

/** Each picture for `seconds`. */
export function lampTest(seconds: number): TestPlay {
  const pages = LAMP_PATTERNS.map((text) => ({ text, seconds }));
  return {
    outputs: ['panel'],
    announcement: { title: 'ทดสอบดวงไฟของป้าย', language: 'th', panel: { pages, times: 1 } },
    screens: (face) =>
      LAMP_PATTERNS.map((pattern) => ({ bitmap: patternBitmap(pattern, face, 0), ms: seconds * 1_000 })),
  };
}

function towerTest(title: string, tower: TowerContent): TestPlay {
  return { outputs: ['tower'], announcement: { title, language: 'th', tower } };
}

export function signTest(seconds: number): TestPlay {
  const page = { text: TEST_PAGE, seconds };
  return {
    outputs: ['panel'],
    announcement: { title: 'ทดสอบป้าย', language: 'th', panel: { pages: [page], times: 1 } },
  };
}

/** `20261126T155501123`: to the millisecond, so that two tests have two names. */
export function compactLocal(epochMs: number): string {
  return new Date(epochMs + BANGKOK_OFFSET_MS).toISOString().replace(/[-:.Z]/g, '');
}
