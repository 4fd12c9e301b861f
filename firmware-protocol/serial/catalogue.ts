import { amplifierAsk, amplifierPower, amplifierState } from './amplifier.ts';
import { commit, drawRegion } from './display.ts';
import type { Header } from './header.ts';
import type { Codec } from './layout.ts';
import { status, statusAsk } from './status.ts';
import { ack, error, hello, ping, pong, reset, welcome } from './system.ts';

/** First and last id of each group. */
export const GROUPS = {
  system: [0x01, 0x1f],
  display: [0x20, 0x3f],
  amplifier: [0x40, 0x5f],
  status: [0x60, 0x7f],
  update: [0x80, 0x9f],
} as const;
export type Group = keyof typeof GROUPS;

export interface FrameRow {
  id: number;
  group: Group;
  from: 'host' | 'board';
  /** Whether it takes its place in the window; the others may come at any time and be repeated. */
  sequenced: boolean;
  /** The frame that the board sends back beside the acknowledgement. */
  answer?: string;
  since: `${number}.${number}`;
  codec: Codec<unknown>;
  says: string;
}

/** The wire between host and board, one row per frame. Ids are never reused. */
export const FRAMES = {
  hello: row(0x01, 'host', hello, 'begins a session', { answer: 'welcome' }),
  welcome: row(0x02, 'board', welcome, 'what the board is and can'),
  ping: row(0x03, 'host', ping, 'are you there, and what have you', { answer: 'pong' }),
  pong: row(0x04, 'board', pong, 'here, in this session'),
  ack: row(0x05, 'board', ack, 'done up to here'),
  error: row(0x06, 'board', error, 'not done, and why'),
  reset: row(0x07, 'host', reset, 'clears the display or restarts the board', { sequenced: true }),
  'draw-region': row(0x20, 'host', drawRegion, 'pixels for the page not shown', { sequenced: true }),
  commit: row(0x21, 'host', commit, 'shows the drawn page whole', { sequenced: true }),
  'amplifier-power': row(0x40, 'host', amplifierPower, 'switches the amplifier', { sequenced: true }),
  'amplifier-ask': row(0x41, 'host', amplifierAsk, 'asks for the amplifier state', {
    sequenced: true,
    answer: 'amplifier-state',
  }),
  'amplifier-state': row(0x42, 'board', amplifierState, 'commanded and sensed power'),
  'status-ask': row(0x60, 'host', statusAsk, 'asks what is shown', { sequenced: true, answer: 'status' }),
  status: row(0x61, 'board', status, 'CRC of the shown page, and counters'),
} as const satisfies Record<string, FrameRow>;

export type FrameName = keyof typeof FRAMES;
export type FrameBody<N extends FrameName> = (typeof FRAMES)[N]['codec'] extends Codec<infer T> ? T : never;
export type HostFrame = {
  [N in FrameName]: (typeof FRAMES)[N]['from'] extends 'host' ? N : never;
}[FrameName];
export type BoardFrame = Exclude<FrameName, HostFrame>;

/** Ids given away to what comes next; a board of 1.0 answers them with error `unknown-type`. */
export const RESERVED = {
  'clock-set': 0x08,
  'clock-ask': 0x09,
  'clock-state': 0x0a,
  'line-rate-offer': 0x0b,
  'line-rate-state': 0x0c,
  'page-store': 0x22,
  'page-show': 0x23,
  'strip-store': 0x24,
  'marquee-run': 0x25,
  'marquee-stop': 0x26,
  brightness: 0x27,
  blank: 0x28,
  'test-pattern': 0x29,
  'fallback-store': 0x2a,
  'fallback-rule': 0x2b,
  'copy-region': 0x2c,
  'amplifier-gain': 0x43,
  'amplifier-level': 0x44,
  'amplifier-measure-ask': 0x45,
  'amplifier-measure': 0x46,
  'measure-ask': 0x62,
  measure: 0x63,
  'module-faults-ask': 0x64,
  'module-faults': 0x65,
  'update-begin': 0x80,
  'update-block': 0x81,
  'update-ask': 0x82,
  'update-state': 0x83,
  'update-activate': 0x84,
} as const;

export type Message = { [N in FrameName]: { name: N; body: FrameBody<N> } }[FrameName];

const names = Object.keys(FRAMES) as FrameName[];
const nameById = new Map<number, FrameName>(names.map((name) => [FRAMES[name].id, name]));

export function frameName(type: number): FrameName | undefined {
  return nameById.get(type);
}

/** What a frame says, or which error it deserves. */
export function readMessage(type: number, body: Uint8Array): Message | 'unknown-type' | 'bad-body' {
  const name = nameById.get(type);
  if (name === undefined) return 'unknown-type';
  const read = FRAMES[name].codec.decode(body);
  // Name and codec are of one row, which the type checker cannot follow through a union.
  return read === undefined ? 'bad-body' : ({ name, body: read } as Message);
}

/** One line for people: `> draw-region #4 x=0 y=8 ...`, `< ack #4 ack=5`. */
export function frameLine({ header, body }: { header: Header; body: Uint8Array }): string {
  const side = header.fromBoard ? '<' : '>';
  const place = header.sequenced ? ` #${header.sequence}` : '';
  const done = header.fromBoard ? ` ack=${header.ack}` : '';
  const name = nameById.get(header.type);
  if (name === undefined) return `${side} type ${header.type}${place}${done} ${body.length}B`;
  const codec: Codec<unknown> = FRAMES[name].codec;
  const read = codec.decode(body);
  const said = read === undefined ? `unreadable ${body.length}B` : codec.log(read);
  return `${side} ${name}${place}${done} ${said}`.trimEnd();
}

function row<Id extends number, From extends 'host' | 'board', T>(
  id: Id,
  from: From,
  codec: Codec<T>,
  says: string,
  how: { sequenced?: true; answer?: string } = {},
) {
  const group = (Object.keys(GROUPS) as Group[]).find((g) => GROUPS[g][0] <= id && id <= GROUPS[g][1]);
  if (group === undefined) throw new RangeError(`id ${id} is of no group`);
  return { id, group, from, sequenced: false, since: '1.0' as const, codec, says, ...how };
}
