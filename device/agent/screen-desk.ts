import type { Failure } from '../../firmware-protocol/mqtt/answer.ts';
import { HALL_TOPICS } from '../../firmware-protocol/mqtt/hall-topics.ts';
import { type Screen, ScreenAsk } from '../../firmware-protocol/mqtt/sign-screen.ts';
import type { Clock } from '../ports.ts';
import type { OutputUnit } from './parts.ts';

export const SCREEN_TIMES = {
  /** Between two pictures: a hall pays for its traffic, and the one who asks may be the broker itself. */
  apartMs: 2_000,
} as const;

/** Of an answer, for what stands around the picture. */
const ROOM_BYTES = 2_048;
const MOST_BYTES = HALL_TOPICS.deviceResponse.maxBytes - ROOM_BYTES;

/** Tells the server what the sign shows, at most one picture every two seconds. */
export class ScreenDesk {
  readonly #units: readonly OutputUnit[];
  readonly #clock: Pick<Clock, 'monotonic'>;
  #answeredAt = Number.NEGATIVE_INFINITY;

  constructor(units: readonly OutputUnit[], clock: Pick<Clock, 'monotonic'>) {
    this.#units = units;
    this.#clock = clock;
  }

  answer(body: object): { data: Screen } | { error: Failure } {
    const view = this.#units.find((unit) => unit.view !== undefined)?.view;
    if (view === undefined) return refusal('no-sign');
    const now = this.#clock.monotonic();
    if (now - this.#answeredAt < SCREEN_TIMES.apartMs) return refusal('too-soon');
    const screen = view.screen(ScreenAsk.safeParse(body).data?.have);
    if (screen === undefined) return refusal('nothing-shown');
    this.#answeredAt = now;
    const told = bytesOf(screen) > MOST_BYTES ? withoutStrip(screen) : screen;
    return bytesOf(told) > MOST_BYTES ? refusal('screen-too-large') : { data: told };
  }
}

function bytesOf(screen: Screen): number {
  return Buffer.byteLength(JSON.stringify(screen));
}

function withoutStrip({ running, unknown, ...screen }: Screen): Screen {
  if (running === undefined) return { ...screen, unknown };
  const { png: _, ...run } = running;
  return { ...screen, running: run, unknown: [...unknown, 'strip'] };
}

const REFUSALS = {
  'no-sign': {
    en: 'this hall has no sign, or one that takes no pages',
    th: 'หอนี้ไม่มีป้าย หรือมีป้ายที่รับภาพไม่ได้',
  },
  'too-soon': {
    en: 'the hall told its picture a moment ago',
    th: 'หอเพิ่งส่งภาพของป้ายไปเมื่อครู่',
  },
  'nothing-shown': {
    en: 'the sign has shown nothing since the hall started',
    th: 'ป้ายยังไม่ได้แสดงอะไรตั้งแต่หอเริ่มทำงาน',
  },
  'screen-too-large': {
    en: 'the picture of this sign is too large for one message',
    th: 'ภาพของป้ายนี้ใหญ่เกินกว่าจะส่งในข้อความเดียว',
  },
} as const satisfies Record<string, { en: string; th: string }>;

function refusal(code: keyof typeof REFUSALS): { error: Failure } {
  return { error: { code, ...REFUSALS[code], faults: [] } };
}
