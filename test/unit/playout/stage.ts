import { DeviceError } from '../../../device/errors.ts';
import type { Play, Playout } from '../../../device/playout/play.ts';
import { createPlayout } from '../../../device/playout/playout.ts';
import type { Claim, Journal, Store } from '../../../device/ports.ts';
import { BANDS, type Band, type BandName, type Output } from '../../../firmware-protocol/content/band.ts';
import type { EndedEvent, ReportEvent } from '../../../firmware-protocol/content/report.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';
import { type Script, ScriptedPerformer } from './scripted-performer.ts';

/** The journal and the claims of a store, in memory, with faults. */
export class MemoryJournal implements Journal {
  readonly events: ReportEvent[] = [];
  /** What became durable together: the types of each record. */
  readonly records: string[] = [];
  readonly claims = new Map<string, Claim>();
  isFull = false;
  /** An event that the store finds wrong, whatever room it has. */
  poison: ReportEvent['type'] | undefined;
  /** While set, a record takes until it is resolved. */
  slow: Promise<void> | undefined;

  readonly store: Pick<Store, 'claim'> = {
    claim: async (play, output) => this.claims.get(`${play} ${output}`),
  };

  async record(events: ReportEvent[], change?: { claims?: Claim[] }): Promise<void> {
    await this.slow;
    if (this.isFull) throw new DeviceError('store-full');
    if (events.some(({ type }) => type === this.poison)) throw new TypeError('not a report');
    this.events.push(...events);
    this.records.push(events.map(({ type }) => type).join(' '));
    for (const claim of change?.claims ?? []) this.claims.set(`${claim.play} ${claim.output}`, claim);
  }

  /** `started A`, `ended A finished`, in order. */
  lines(): string[] {
    return this.events.map((event) => {
      const play = 'play' in event ? event.play : '';
      const how = event.type === 'ended' ? ` ${event.outcome}${event.reason ? ` ${event.reason}` : ''}` : '';
      return `${event.type} ${play}${how}`;
    });
  }

  ends(): EndedEvent[] {
    return this.events.filter((event) => event.type === 'ended');
  }
}

export interface Stage {
  clock: VirtualClock;
  performer: ScriptedPerformer;
  journal: MemoryJournal;
  playout: Playout;
}

/** A playout with one scripted tower. */
export function setStage(scripts: Record<string, Script> = {}): Stage {
  const clock = new VirtualClock();
  const performer = new ScriptedPerformer(clock, scripts);
  const journal = new MemoryJournal();
  const parts = { journal, store: journal.store, boot: 7, clock, log: silentLog };
  return { clock, performer, journal, playout: createPlayout({ ...parts, performers: [performer] }) };
}

export function playOf(
  clock: VirtualClock,
  id: string,
  band: BandName | Band,
  more: Partial<Omit<Play, 'startAt' | 'latestStart'>> & { startInMs?: number; patienceMs?: number } = {},
): Play {
  const { startInMs, patienceMs = 60_000, ...rest } = more;
  const start = clock.wall() + (startInMs ?? 0);
  const outputs: Output[] = ['tower'];
  const tower = { chime: 'none', parts: [], times: 1, gap_ms: 0 } as const;
  return {
    id,
    band: typeof band === 'number' ? band : BANDS[band],
    announcement: { title: `title of ${id}`, language: 'th', tower: { ...tower, parts: [] } },
    outputs,
    latestStart: start + patienceMs,
    whenCut: 'resume',
    ...(startInMs !== undefined && { startAt: start }),
    ...rest,
  };
}
