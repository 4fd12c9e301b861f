import { DeviceError } from '../../device/errors.ts';
import type { Change, Claim, KeptProgramme, Store } from '../../device/ports.ts';
import type { KeySet } from '../../firmware-protocol/content/key-set.ts';
import type { Report } from '../../firmware-protocol/content/report.ts';
import type { Life } from './life.ts';
import { ReportPile } from './report-pile.ts';

/** What survives a power cut. */
export class DurableDisk {
  readonly claims = new Map<string, Claim>();
  readonly pile: ReportPile;
  readonly programmes = new Map<string, KeptProgramme>();
  readonly facts = new Map<string, string>();
  keys: KeySet | undefined;
  /** Commits so far, over all lives: where a test cuts the power. */
  commits = 0;
  /** What an fsync takes now, ms. */
  slow_ms = 0;
  /** Why nothing can be written now: no room (F5), or read-only and I/O errors (F6). */
  refuses: 'store-full' | 'store-failed' | undefined;

  /** @param reportBytes what reports may take of it (I5). */
  constructor(reportBytes = Number.POSITIVE_INFINITY) {
    this.pile = new ReportPile(reportBytes);
  }

  /** Those that wait for their receipt. */
  get reports(): readonly Report[] {
    return this.pile.held;
  }

  /** All of it or, where a version would go down, nothing: then it throws. */
  apply(change: Change): void {
    this.#mustNotGoDown(change);
    for (const claim of change.claims ?? []) this.#keep(claim);
    this.pile.append(change.reports ?? []);
    for (const { area, version } of change.withdrawn ?? [])
      if (this.#versionOf(area) === version) this.programmes.delete(area);
    for (const kept of change.programmes ?? []) this.programmes.set(kept.programme.area, kept);
    if (change.keys !== undefined) this.keys = change.keys.set;
    for (const [name, value] of Object.entries(change.facts ?? {})) this.#putFact(name, value);
    if (change.receipted !== undefined) this.pile.forgetUpTo(change.receipted);
    if (change.forgetClaimsBefore !== undefined) this.#forget(change.forgetClaimsBefore);
  }

  /** But where what was higher is believed no more. */
  #mustNotGoDown({ withdrawn, programmes, keys }: Change): void {
    for (const { programme } of programmes ?? []) {
      const held = this.#versionOf(programme.area);
      const isGone = withdrawn?.some(({ area, version }) => area === programme.area && version === held);
      if (!isGone && programme.version < held) throw new Error(`an older programme of ${programme.area}`);
    }
    if (keys !== undefined && keys.set.version < (this.keys?.version ?? 0))
      throw new Error('an older key set');
  }

  #versionOf(area: string): number {
    return this.programmes.get(area)?.programme.version ?? 0;
  }

  /** The document stays as it came until the claim ends, and is not needed after. */
  #keep(claim: Claim): void {
    const { document: held } = this.claims.get(nameOf(claim)) ?? {};
    const { document = held, ...kept } = claim;
    const isOpen = claim.state !== 'ended' && document !== undefined;
    this.claims.set(nameOf(claim), { ...kept, ...(isOpen && { document }) });
  }

  #putFact(name: string, value: string): void {
    const grows = name === 'boot' || name.startsWith('programme-floor/');
    if (!grows || Number(value) > Number(this.facts.get(name) ?? 0)) this.facts.set(name, value);
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

  async claimed(plays: string[]): Promise<{ plays: string[]; forgotBefore: number }> {
    const forgotBefore = Number(this.#disk.facts.get('forgot-before') ?? 0);
    const held = new Set([...this.#disk.claims.values()].map(({ play }) => play));
    return this.#life.only({ plays: plays.filter((play) => held.has(play)), forgotBefore });
  }

  async openClaims(): Promise<Claim[]> {
    return this.#life.only([...this.#disk.claims.values()].filter((claim) => claim.state !== 'ended'));
  }

  async reports(limit: number): Promise<Report[]> {
    return this.#life.only(this.#disk.reports.slice(0, limit));
  }

  async lastReport(): Promise<{ n: number; hash: string }> {
    return this.#life.only(this.#disk.pile.last);
  }

  async reportHash(n: number): Promise<string | undefined> {
    return this.#life.only(this.#disk.pile.hashOf(n));
  }

  async programmes(): Promise<KeptProgramme[]> {
    return this.#life.only([...this.#disk.programmes.values()]);
  }

  async keys(): Promise<KeySet | undefined> {
    return this.#life.only(this.#disk.keys);
  }

  async fact(name: string): Promise<string | undefined> {
    return this.#life.only(this.#disk.facts.get(name));
  }

  async facts(beginning: string): Promise<Record<string, string>> {
    const found = [...this.#disk.facts].filter(([name]) => name.startsWith(beginning));
    return this.#life.only(Object.fromEntries(found));
  }

  async waiting(): Promise<number> {
    return this.#life.only(this.#disk.reports.length);
  }

  async close(): Promise<void> {}
}

function nameOf({ play, output }: Pick<Claim, 'play' | 'output'>): string {
  return `${play} ${output}`;
}
