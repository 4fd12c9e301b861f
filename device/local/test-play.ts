import { BANDS, type Output } from '../../firmware-protocol/content/band.ts';
import { BANGKOK_OFFSET_MS } from '../../firmware-protocol/content/instant.ts';
import type { Tested } from '../../firmware-protocol/local/verbs.ts';
import type { LiveSound, Play } from '../playout/play.ts';
import { SAMPLE_RATE_HZ } from '../ports.ts';
import { makeChime } from '../tower/chime.ts';
import type { LocalHall } from './local-hall.ts';

export const TEST_TIMES = {
  /** Something more important may speak; a person at the box waits no longer for it. */
  latestStart_ms: 15_000,
  /** From the request to the end: the wait, the amplifier, the sound, and a disk that is slow. */
  end_ms: 45_000,
  /** Long enough to hear the relay, and for a current to be measured. */
  amplifier_ms: 3_000,
  /** Read twice, slowly. */
  page_s: 8,
} as const;

/** A tenth of a second: what a live sound gives at a time. */
const CHUNK = SAMPLE_RATE_HZ / 10;

/** Thai letters with marks above, below and stacked: what a sign gets wrong first. */
const TEST_PAGE = 'ทดสอบป้าย ที่นี่ น้ำท่วม ผู้ใหญ่บ้าน ปู่ย่า';

/** A test of one output: in the band of scheduled announcements, so that no test ever speaks over anything that matters. */
export async function runTest(hall: LocalHall, play: Omit<Play, TestMember>): Promise<Tested> {
  const now = hall.clock.wall();
  const test: Play = {
    ...play,
    id: `local/test/${compactLocal(now)}`,
    band: BANDS.scheduled,
    latestStart: now + TEST_TIMES.latestStart_ms,
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

/** A chime at a share of its level, `level` in percent. */
export function toneTest(level: number): Omit<Play, TestMember> {
  const ding = makeChime('ding').map((sample) => Math.round((sample * level) / 100));
  return towerTest(`ทดสอบเสียง ${level} %`, ding);
}

/** The amplifier alone. */
export function amplifierTest(): Omit<Play, TestMember> {
  return towerTest('ทดสอบเครื่องขยายเสียง', new Int16Array((TEST_TIMES.amplifier_ms * SAMPLE_RATE_HZ) / 1_000));
}

export function signTest(): Omit<Play, TestMember> {
  const page = { text: TEST_PAGE, seconds: TEST_TIMES.page_s };
  return {
    outputs: ['panel'],
    announcement: { title: 'ทดสอบป้าย', language: 'th', panel: { pages: [page], times: 1 } },
  };
}

function towerTest(title: string, samples: Int16Array): Omit<Play, TestMember> {
  const outputs: Output[] = ['tower'];
  const tower = { chime: 'none', parts: [], times: 1, gap_ms: 0 } as const;
  const live: LiveSound = {
    maxMs: (samples.length * 1_000) / SAMPLE_RATE_HZ + 1_000,
    async *open() {
      for (let at = 0; at < samples.length; at += CHUNK) yield samples.subarray(at, at + CHUNK);
    },
  };
  return { outputs, announcement: { title, language: 'th', tower: { ...tower, parts: [] } }, live };
}

/** `20261126T155501123`: to the millisecond, so that two tests have two names. */
function compactLocal(epochMs: number): string {
  return new Date(epochMs + BANGKOK_OFFSET_MS).toISOString().replace(/[-:.Z]/g, '');
}
