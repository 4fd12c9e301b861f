import type { ClockTrust } from '../../../firmware-protocol/content/report.ts';
import type { WarningCode } from '../warning-catalogue.ts';
import type { MachineReading } from './machine.ts';

/** Everything that is looked at in one round. */
export interface Seen {
  machine: MachineReading;
  trust: ClockTrust;
  line: {
    /** For so long there has been a line, or none, ms. */
    onlineMs: number;
    offlineMs: number;
    /** Nothing has come in for so long, ms. */
    silentMs: number;
  };
  /** Undefined = the store does not say. */
  reportsWaiting: number | undefined;
  /** Since the agent started, ms. */
  upMs: number;
}

/** What a check found: the figure, and the limit that it was held against. */
export interface Found {
  figure: string;
  limit: string;
  isBad: boolean;
}

export interface Check {
  id: string;
  warning: WarningCode;
  /** Undefined = not known here. `isRaised`: what is bad stays bad until it is better by a margin. */
  look: (seen: Seen, isRaised: boolean) => Found | undefined;
}

const MIB = 1_024 * 1_024;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A line that has just come up has had no time to bring anything. */
const DIALLED_MS = 2 * MINUTE_MS;

interface Margin {
  /** Bad beyond this. */
  raised: number;
  /** Good again only on this side of it. */
  cleared: number;
  unit: string;
}

/** Bad above `raised`, or below it where `raised` is the lower one. */
function beyond(
  value: number | undefined,
  { raised, cleared, unit }: Margin,
  isRaised: boolean,
): Found | undefined {
  if (value === undefined) return undefined;
  const limit = isRaised ? cleared : raised;
  const isBad = raised > cleared ? value > limit : value < limit;
  return { figure: `${Number(value.toFixed(1))} ${unit}`, limit: `${limit} ${unit}`, isBad };
}

function never(isSo: boolean | undefined, figure: string): Found | undefined {
  return isSo === undefined ? undefined : { figure: isSo ? figure : '-', limit: '-', isBad: isSo };
}

const ofCore = ({ load1m, cores }: MachineReading) =>
  load1m === undefined || cores === undefined ? undefined : load1m / cores;
const share = (part: number | undefined, whole: number | undefined) =>
  part === undefined || whole === undefined ? undefined : (100 * part) / whole;

/** Each check of the box: what is looked at, and from where to where it is bad. Cause and remedy stand in the catalogue of warnings. */
export const CHECKS: readonly Check[] = [
  {
    id: 'processor',
    warning: 'box-busy',
    look: ({ machine }, raised) =>
      beyond(ofCore(machine), { raised: 2, cleared: 1, unit: 'load a core' }, raised),
  },
  {
    id: 'memory',
    warning: 'memory-low',
    look: ({ machine: { memoryAvailableBytes: bytes } }, raised) =>
      beyond(bytes && bytes / MIB, { raised: 50, cleared: 80, unit: 'MiB available' }, raised),
  },
  {
    id: 'temperature',
    warning: 'box-hot',
    look: ({ machine }, raised) =>
      beyond(machine.temperatureC, { raised: 80, cleared: 75, unit: '°C' }, raised),
  },
  {
    id: 'supply',
    warning: 'under-voltage',
    look: ({ machine }) => never(machine.isUnderVoltage, 'too weak now'),
  },
  {
    id: 'throttling',
    warning: 'box-slowed',
    look: ({ machine }) => never(machine.isSlowed, 'slowed down'),
  },
  {
    id: 'disk space',
    warning: 'disk-low',
    look: ({ machine: { diskFreeBytes: bytes } }, raised) =>
      beyond(bytes && bytes / MIB, { raised: 200, cleared: 300, unit: 'MiB free' }, raised),
  },
  {
    id: 'disk files',
    warning: 'disk-low',
    look: ({ machine }, raised) =>
      beyond(machine.diskFreeFiles, { raised: 2_000, cleared: 4_000, unit: 'files free' }, raised),
  },
  {
    id: 'disk writable',
    warning: 'card-failing',
    look: ({ machine }) => never(machine.isReadOnly, 'read-only'),
  },
  {
    id: 'file system',
    warning: 'card-failing',
    look: ({ machine }) =>
      beyond(machine.fileSystemErrors, { raised: 0, cleared: -1, unit: 'errors' }, false),
  },
  {
    id: 'disk wear',
    warning: 'card-worn',
    look: ({ machine }, raised) =>
      beyond(machine.wearPercent, { raised: 80, cleared: 79, unit: '% of its life' }, raised),
  },
  {
    id: 'write canary',
    warning: 'card-failing',
    look: ({ machine: { canary } }) =>
      canary && ('fault' in canary ? { figure: canary.fault, limit: '-', isBad: true } : undefined),
  },
  {
    id: 'write time',
    warning: 'card-slow',
    look: ({ machine: { canary } }, raised) =>
      canary && 'ms' in canary
        ? beyond(canary.ms, { raised: 3_000, cleared: 1_000, unit: 'ms' }, raised)
        : undefined,
  },
  {
    id: 'descriptors',
    warning: 'descriptors-low',
    look: ({ machine: { descriptors, descriptorLimit } }, raised) =>
      beyond(
        share(descriptors, descriptorLimit),
        { raised: 80, cleared: 60, unit: '% of the limit' },
        raised,
      ),
  },
  {
    id: 'signal',
    warning: 'signal-weak',
    look: ({ machine }, raised) =>
      beyond(machine.wifiDbm, { raised: -75, cleared: -70, unit: 'dBm' }, raised),
  },
  {
    id: 'clock',
    warning: 'clock-unknown',
    look: ({ trust, upMs }, isRaised) => {
      const isKnown = trust === 'server' || trust === 'full';
      return {
        figure: trust,
        limit: 'server, half an hour after the start',
        isBad: !isKnown && (isRaised || upMs > 30 * MINUTE_MS),
      };
    },
  },
  {
    id: 'line',
    warning: 'line-gone',
    look: ({ line }, raised) =>
      beyond(line.offlineMs / HOUR_MS, { raised: 1, cleared: 0, unit: 'h without a line' }, raised),
  },
  {
    id: 'hearing',
    warning: 'deaf',
    look: ({ line: { onlineMs, silentMs } }) => {
      const minutes = onlineMs < DIALLED_MS ? 0 : silentMs / MINUTE_MS;
      return beyond(minutes, { raised: 25, cleared: 24, unit: 'min without a word' }, false);
    },
  },
  {
    id: 'reports',
    warning: 'reports-waiting',
    look: ({ reportsWaiting }, raised) =>
      beyond(reportsWaiting, { raised: 20_000, cleared: 10_000, unit: 'reports waiting' }, raised),
  },
];
