import { DeviceError } from '../../device/errors.ts';
import type { Change, Claim, Store } from '../../device/ports.ts';
import type { KeySet } from '../../firmware-protocol/content/key-set.ts';
import type { Programme } from '../../firmware-protocol/content/programme.ts';
import { FIRST_PREV, hashOf, type Report } from '../../firmware-protocol/content/report.ts';
import type { Life } from './life.ts';

/** What survives a power cut. */
export class DurableDisk {
  readonly claims = new Map<string, Claim>();
  reports: Report[] = [];
  last = { n: 0, hash: FIRST_PREV };
  /** Hashes of reports that are gone, as far as receipts may still name them. */
  readonly hashes = new Map<number, string>();
  readonly programmes = new Map<string, Programme>();
  readonly facts = new Map<string, string>();
  keys: KeySet | undefined;
  /** Commits so far, over all lives: where a test cuts the power. */
  commits = 0;
  /** What an fsync takes now, ms. */
  slow_ms = 0;
  /** Why nothing can be written now: no room (F5), or read-only and I/O errors (F6). */
  refuses: 'store-full' | 'store-failed' | undefined;

  apply(change: Change): void {
    for (const claim of change.claims ?? []) this.claims.set(nameOf(claim), { ...claim });
    for (const report of change.reports ?? []) this.#append(report);
    for (const { programme } of change.programmes ?? []) this.programmes.set(programme.area, programme);
    if (change.keys !== undefined) this.keys = change.keys.set;
    for (const [name, value] of Object.entries(change.facts ?? {})) this.facts.set(name, value);
    const { receipted, forgetClaimsBefore } = change;
    if (receipted !== undefined) this.reports = this.reports.filter((each) => each.n > receipted);
    if (forgetClaimsBefore !== undefined) this.#forget(forgetClaimsBefore);
  }

  #append(stamped: Omit<Report, 'n' | 'prev'>): void {
    const report: Report = { n: this.last.n + 1, prev: this.last.hash, ...stamped };
    this.last = { n: report.n, hash: hashOf(report) };
    this.hashes.set(report.n, this.last.hash);
    this.reports.push(report);
  }

  #forget(before: number): void {
    for (const [name, claim] of this.claims)
      if (claim.state === 'ended' && claim.keep_until < before) this.claims.delete(name);
  }
}

/** What happens to the commit that is under way when the power goes. */
export type Cut = 'before it is durable' | 'after it is durable';

/** The store of one life over a disk that outlives it. */
export class SimStore implements Store {
  readonly #disk: DurableDisk;
  readonly #life: Life;
  readonly #beforeCommit: (commit: number) => Cut | undefined;

  /** `beforeCommit` is asked with the number of each commit; an answer ends the life there. */
  constructor(disk: DurableDisk, life: Life, beforeCommit: (commit: number) => Cut | undefined) {
    this.#disk = disk;
    this.#life = life;
    this.#beforeCommit = beforeCommit;
  }

  async commit(change: Change): Promise<void> {
    await this.#life.only(undefined);
    const disk = this.#disk;
    if (disk.slow_ms > 0) await this.#fsync(disk.slow_ms);
    disk.commits += 1;
    const cut = this.#beforeCommit(disk.commits);
    if (cut === undefined && disk.refuses !== undefined) throw new DeviceError(disk.refuses);
    if (cut !== 'before it is durable') disk.apply(change);
    await this.#life.only(undefined);
  }

  #fsync(ms: number): Promise<void> {
    return new Promise((resolve) => this.#life.clock.after(ms, resolve));
  }

  async claim(play: string, output: Claim['output']): Promise<Claim | undefined> {
    return this.#life.only(this.#disk.claims.get(nameOf({ play, output })));
  }

  async openClaims(): Promise<Claim[]> {
    return this.#life.only([...this.#disk.claims.values()].filter((claim) => claim.state !== 'ended'));
  }

  async reports(limit: number): Promise<Report[]> {
    return this.#life.only(this.#disk.reports.slice(0, limit));
  }

  async lastReport(): Promise<{ n: number; hash: string }> {
    return this.#life.only(this.#disk.last);
  }

  async reportHash(n: number): Promise<string | undefined> {
    const { last, hashes, reports } = this.#disk;
    const isHeld = n === last.n || reports.some((each) => each.n === n);
    return this.#life.only(isHeld ? hashes.get(n) : undefined);
  }

  async programmes(): Promise<Programme[]> {
    return this.#life.only([...this.#disk.programmes.values()]);
  }

  async keys(): Promise<KeySet | undefined> {
    return this.#life.only(this.#disk.keys);
  }

  async fact(name: string): Promise<string | undefined> {
    return this.#life.only(this.#disk.facts.get(name));
  }

  async waiting(): Promise<number> {
    return this.#life.only(this.#disk.reports.length);
  }

  async close(): Promise<void> {}
}

function nameOf({ play, output }: Pick<Claim, 'play' | 'output'>): string {
  return `${play} ${output}`;
}
