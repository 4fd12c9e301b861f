import {
  type Icon,
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClockExclamation,
  IconDeviceTvOff,
  IconVolumeOff,
} from '@tabler/icons-react';
import type { HallFilter } from '../../../firmware-protocol/mqtt/hall-list.ts';
import type { Say } from '../words/language.ts';
import type { AreaWord } from './area-words.ts';
import type { FleetCounts } from './use-area.ts';

/** What halls are counted by, with the sign, the colour and the word that it has in every room. */
export interface CountKind {
  kind: HallFilter;
  icon: Icon;
  color: string;
  count: (counts: FleetCounts) => number;
}

export const COUNT_KINDS: readonly CountKind[] = [
  { kind: 'online', icon: IconCircleCheck, color: 'var(--good)', count: ({ online }) => online },
  { kind: 'silent', icon: IconCircleX, color: 'var(--bad)', count: ({ halls, online }) => halls - online },
  { kind: 'tower_fault', icon: IconVolumeOff, color: 'var(--bad)', count: (counts) => counts.tower_fault },
  { kind: 'sign_fault', icon: IconDeviceTvOff, color: 'var(--bad)', count: (counts) => counts.sign_fault },
  { kind: 'clock', icon: IconClockExclamation, color: 'var(--poor)', count: ({ clock }) => clock },
  { kind: 'warned', icon: IconAlertTriangle, color: 'var(--poor)', count: ({ warned }) => warned },
];

/** What an area is looked after for. A warning that is none of these stands at its hall. */
const AMISS: readonly HallFilter[] = ['silent', 'tower_fault', 'sign_fault', 'clock'];

/** What is amiss with halls of an area, and with how many; nothing that is zero. */
export function amissIn(counts: FleetCounts): (CountKind & { value: number })[] {
  return COUNT_KINDS.filter(({ kind }) => AMISS.includes(kind))
    .map((each) => ({ ...each, value: each.count(counts) }))
    .filter(({ value }) => value > 0);
}

/** `ออนไลน์ 1 จาก 7, ขาดการติดต่อ 6, เสียงขัดข้อง 1`: for ears, and for a pointer that rests. */
export function countWords(counts: FleetCounts, say: Say<AreaWord>): string {
  const { online, halls } = counts;
  return [
    say('onlineOf', { online, halls }),
    ...amissIn(counts).map(({ kind, value }) => `${say(kind)} ${value}`),
  ].join(', ');
}
