import type { ClockTrust } from '../../../firmware-protocol/content/report.ts';
import type { WarningCode } from '../../../firmware-protocol/content/warnings/warning-catalogue.ts';
import type { Health } from '../../../firmware-protocol/mqtt/messages.ts';
import type { MachineReading } from './machine.ts';
import type { MediaSeen } from './media-seen.ts';

/** What is looked at in one round. A technician without a running agent sees the machine and nothing else. */
export interface Seen {
  machine: MachineReading;
  hall?: HallSeen | undefined;
  parts?: PartsSeen | undefined;
}

/** The agent in its world. */
export interface HallSeen {
  trust: ClockTrust;
  line: {
    /** For so long there has been a line, or none, ms. */
    onlineMs: number;
    offlineMs: number;
    /** Nothing has come in for so long, ms. */
    silentMs: number;
    /** From the last word to the broker until its acknowledgement, ms; undefined = nothing was said on this line. */
    tripMs?: number | undefined;
  };
  /** Undefined = the store does not say. */
  reportsWaiting: number | undefined;
  /** Age of the oldest report that waits, ms; undefined = none does, or its time is not known. */
  oldestReportMs?: number | undefined;
  /** By so much the agent has grown since it had settled, bytes; undefined = it has not run for long enough. */
  grownBytes?: number | undefined;
  /** Since the agent started, ms. */
  upMs: number;
}

/** What hangs on the box, as it measured itself last; a part that this hall does not have is absent. */
export interface PartsSeen extends Pick<Health, 'sign' | 'amplifier' | 'inputs'> {
  /** Whether its sound device could be opened the last time. */
  tower?: { works: boolean };
  panel?: { works: boolean };
  media?: MediaSeen | undefined;
}

export interface Words {
  en: string;
  th: string;
}

/** What a check found: the figure, and the limit that it was held against. */
export interface Found {
  figure: Words;
  limit: Words;
  isBad: boolean;
}

export interface Check {
  id: string;
  /** What it is warned of with; of several, what is raised is told. */
  warnings: readonly [WarningCode, ...WarningCode[]];
  /** Whoever looks after the part raises and clears; here it is only explained. */
  isOwners?: true;
  /** A hall in which this is bad does not do its work; else it does, and somebody should come. */
  isGrave?: true;
  /** Undefined = not known here. `isRaised`: what is bad stays bad until it is better by a margin. */
  look: (seen: Seen, isRaised: boolean) => Found | undefined;
}

export interface Margin {
  /** Bad beyond this. */
  raised: number;
  /** Good again only on this side of it. */
  cleared: number;
  unit: Words;
}

export function both(text: string): Words {
  return { en: text, th: text };
}

/** Bad above `raised`, or below it where `raised` is the lower one. */
export function beyond(
  value: number | undefined,
  { raised, cleared, unit }: Margin,
  isRaised: boolean,
): Found | undefined {
  if (value === undefined) return undefined;
  const limit = isRaised ? cleared : raised;
  const isBad = raised > cleared ? value > limit : value < limit;
  const figure = Number(value.toFixed(Math.abs(value) < 100 ? 1 : 0));
  return {
    figure: measured(String(figure), unit),
    limit: measured(`${raised > cleared ? '≤' : '≥'} ${limit}`, unit),
    isBad,
  };
}

/** Bad as soon as it is so. */
export function never(isSo: boolean | undefined, figure: Words): Found | undefined {
  return isSo === undefined
    ? undefined
    : { figure: isSo ? figure : both('-'), limit: both('-'), isBad: isSo };
}

/** `2.3 load a core`, `โหลด 2.3 ต่อคอร์`: `#` in the unit is where the figure stands, or it stands before it. */
function measured(figure: string, { en, th }: Words): Words {
  const put = (unit: string) => (unit.includes('#') ? unit.replace('#', figure) : `${figure} ${unit}`);
  return { en: put(en), th: put(th) };
}
