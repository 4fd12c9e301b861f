import type { Change } from '../../device/ports.ts';
import { FIRST_PREV, hashOf, type Report, type ReportEvent } from '../../firmware-protocol/content/report.ts';

type Stamped = NonNullable<Change['reports']>[number];

/** How far below the budget one clearing goes. */
const CLEARED_SHARE = 0.9;

/** Reports that wait for their receipt, numbered and chained, within a budget: what tells of health goes first, proof last (I5). */
export class ReportPile {
  /** In order of their numbers. */
  readonly held: Report[] = [];
  last = { n: 0, hash: FIRST_PREV };
  bytes = 0;
  readonly budget: number;
  /** Dropped for want of room, by what they told of. */
  readonly dropped = { health: 0, other: 0, proof: 0 };
  /** Ends that were dropped when nothing else was left to drop: `<play> <output>`. */
  readonly lostEnds = new Set<string>();

  constructor(budget: number) {
    this.budget = budget;
  }

  append(reports: readonly Stamped[]): void {
    for (const report of reports) this.#append(report);
    const last = reports.at(-1);
    if (last === undefined) return;
    const dropped = this.#dropOver();
    if (dropped !== undefined) this.#append({ ...last, event: dropped });
  }

  forgetUpTo(n: number): void {
    this.#keep((report) => report.n > n);
  }

  /** Of one that is held, or the last there was. */
  hashOf(n: number): string | undefined {
    if (n === this.last.n) return this.last.hash;
    const report = this.held.find((each) => each.n === n);
    return report && hashOf(report);
  }

  #append(stamped: Stamped): void {
    const report: Report = { n: this.last.n + 1, prev: this.last.hash, ...stamped };
    this.last = { n: report.n, hash: hashOf(report) };
    this.held.push(report);
    this.bytes += bytesOf(report);
  }

  /** An earlier `dropped` goes too: the new one covers what it covered, and itself. */
  #dropOver(): Extract<ReportEvent, { type: 'dropped' }> | undefined {
    let excess = this.bytes - this.budget;
    if (excess <= 0) return undefined;
    excess += this.budget * (1 - CLEARED_SHARE);
    const gone = new Set<Report>();
    let [first, last] = [Number.POSITIVE_INFINITY, 0];
    for (const report of [...this.held].sort((a, b) => rankOf(a) - rankOf(b) || a.n - b.n)) {
      if (excess <= 0) break;
      gone.add(report);
      excess -= bytesOf(report);
      first = Math.min(first, report.event.type === 'dropped' ? report.event.first : report.n);
      last = Math.max(last, report.n);
      if (report.event.type === 'ended') this.lostEnds.add(`${report.event.play} ${report.event.output}`);
      this.dropped[RANKS[rankOf(report)] ?? 'proof'] += 1;
    }
    this.#keep((report) => !gone.has(report));
    return { type: 'dropped', first, last };
  }

  #keep(stays: (report: Report) => boolean): void {
    const held = this.held.filter(stays);
    this.held.splice(0, this.held.length, ...held);
    this.bytes = held.reduce((sum, report) => sum + bytesOf(report), 0);
  }
}

const RANKS = ['health', 'other', 'proof'] as const;

function rankOf({ event: { type } }: Report): number {
  if (type === 'ended') return RANKS.indexOf('proof');
  const isHealth = type === 'warning' || type === 'booted' || type === 'dropped';
  return RANKS.indexOf(isHealth ? 'health' : 'other');
}

const SIZES = new WeakMap<Report, number>();

function bytesOf(report: Report): number {
  const known = SIZES.get(report) ?? Buffer.byteLength(JSON.stringify(report));
  SIZES.set(report, known);
  return known;
}
