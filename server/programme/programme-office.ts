import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import { contains, zoneOf } from '../../firmware-protocol/content/area.ts';
import { epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import { type KeySet, refuseScope } from '../../firmware-protocol/content/key-set.ts';
import {
  claimsOfProgramme,
  Programme,
  type ProgrammeEntry,
} from '../../firmware-protocol/content/programme.ts';
import { TOPICS } from '../../firmware-protocol/mqtt/catalogue.ts';
import { topicOf } from '../../firmware-protocol/mqtt/topics.ts';
import { isServerError, ServerError } from '../errors.ts';
import { OneAtATime } from '../one-at-a-time.ts';
import { othersFirst } from '../others-first.ts';
import type { Broker, Clock, Log, Signer } from '../ports.ts';
import type { ProgrammeTable } from '../tables.ts';
import type { ProgrammeSource } from './plan-records.ts';

const DAY_MS = 86_400_000;

export const PROGRAMME_LIFE = {
  validDays: 60,
  /** Renewed before a hall that then loses its link would have less than the 30 days promised (DESIGN 5, Offline). */
  renewWhenLeftDays: 31,
  renewEveryHours: 6,
} as const;

/** Read in one go: some ms. */
const READ_TOGETHER = 32;

interface Needs {
  programmes: ProgrammeTable;
  signer: Signer;
  /** What halls believe. */
  keys: () => KeySet;
  broker: Pick<Broker, 'publish'>;
  clock: Clock;
  log: Log;
  /** What a plan says for the time between two instants (epoch ms): its calendars go on. */
  expand?: (
    area: AreaCode,
    source: ProgrammeSource,
    fromMs: number,
    untilMs: number,
  ) => Promise<ProgrammeEntry[]>;
}

/** The programmes of all areas: each change is a new version, signed, stored, then published retained. */
export class ProgrammeOffice {
  readonly #needs: Needs;
  /** Two writers of one area would make the same version. */
  readonly #works = new OneAtATime();
  #cancelTimer: (() => void) | undefined;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Renews at once, then every few hours: a server that is restarted each night must not forget to. */
  start(): void {
    this.renewDue().catch((error: unknown) => this.#needs.log.error({ error }, 'renewing programmes failed'));
    const every = PROGRAMME_LIFE.renewEveryHours * 3_600_000;
    this.#cancelTimer = this.#needs.clock.after(every, () => this.start());
  }

  async stop(): Promise<void> {
    this.#cancelTimer?.();
    await this.#works.settled();
  }

  current(area: AreaCode): Promise<Programme | undefined> {
    return this.#needs.programmes.current(area);
  }

  /** Those of an area and of all that lies inside it. */
  async within(area: AreaCode): Promise<Programme[]> {
    const found: Programme[] = [];
    for await (const programme of this.#newest((other) => contains(area, other))) found.push(programme);
    return found;
  }

  /**
   * The next version; no entries = the area is silent. Rejects `request-too-large`, and `draft-outdated` where the version before it is not
   * `basedOn`. Published when the broker is there.
   */
  replace(
    area: AreaCode,
    entries: ProgrammeEntry[],
    by: string,
    source?: ProgrammeSource,
    basedOn?: number,
  ): Promise<Programme> {
    return this.#works.run(async () => {
      const version = (await this.#needs.programmes.current(area))?.version ?? 0;
      if (basedOn !== undefined && version !== basedOn)
        throw new ServerError('draft-outdated', { context: { based_on: basedOn, version } });
      return this.#issue(area, entries, by, source);
    });
  }

  /** Publishes anew what its plan now says otherwise, because a calendar changed; true = it did. */
  refresh(area: AreaCode): Promise<boolean> {
    return this.#works.run(async () => {
      const current = await this.#needs.programmes.current(area);
      if (current === undefined) return false;
      const { entries, source } = await this.#asPlanned(current);
      if (JSON.stringify(entries) === JSON.stringify(current.entries)) return false;
      await this.#issue(area, entries, current.by, source);
      return true;
    });
  }

  /**
   * Everything again, retained: a broker may have come back empty. In turn with changes, or an old version would be
   * retained over the new one. Rejects `broker-down`.
   */
  publishAll(): Promise<void> {
    return this.#works.run(async () => {
      for await (const programme of this.#newest()) await this.#publish(programme);
    });
  }

  /**
   * Signs anew what would soon end though nobody changed it, what was issued while the clock was ahead, since halls refuse
   * what comes from the future, and what they believe no more: a server that was down when a key was taken out never saw it go.
   */
  renewDue(): Promise<void> {
    return this.#forEach(async (programme) => {
      const now = this.#needs.clock.wall();
      const soon = now + PROGRAMME_LIFE.renewWhenLeftDays * DAY_MS;
      const { issued_at, valid_until } = programme;
      if (epochMsOf(valid_until) < soon || epochMsOf(issued_at) > now || !this.#isBelieved(programme))
        await this.#renew(programme);
    });
  }

  /**
   * Other keys are trusted. What halls let go of with the key set is signed anew; all else is published again, since who had a key may have put
   * something else in its place at the broker.
   */
  keysChanged(): Promise<void> {
    return this.#forEach((programme) =>
      this.#isBelieved(programme) ? this.#publishWhenUp(programme) : this.#renew(programme),
    );
  }

  #isBelieved(programme: Programme): boolean {
    const { key } = programme.signature;
    return refuseScope(this.#needs.keys(), key, claimsOfProgramme(programme), () => undefined) === undefined;
  }

  /** One that fails keeps no other waiting. */
  #forEach(work: (programme: Programme) => Promise<void>): Promise<void> {
    return this.#works.run(async () => {
      for await (const programme of this.#newest())
        await work(programme).catch((error: unknown) =>
          this.#needs.log.error({ error, area: programme.area }, 'a programme could not be renewed'),
        );
    });
  }

  /**
   * The newest of each area `of` which it is asked, some at a time: a nation has thousands, and an alert that is given as the broker comes back
   * waits for none of them.
   */
  async *#newest(of: (area: AreaCode) => boolean = () => true): AsyncGenerator<Programme> {
    const { programmes } = this.#needs;
    const heads = (await programmes.heads()).filter(({ area }) => of(area));
    for (let from = 0; from < heads.length; from += READ_TOGETHER) {
      yield* await programmes.those(heads.slice(from, from + READ_TOGETHER));
      await othersFirst();
    }
  }

  async #renew(programme: Programme): Promise<void> {
    const { entries, source } = await this.#asPlanned(programme);
    await this.#issue(
      programme.area,
      entries,
      programme.by,
      source && { ...source, sameAs: programme.version },
    );
  }

  /** What the plan says from now on; without a plan, what was signed. */
  async #asPlanned({
    area,
    version,
    entries,
  }: Programme): Promise<{ entries: ProgrammeEntry[]; source?: ProgrammeSource | undefined }> {
    const { programmes, expand, clock } = this.#needs;
    const source = (await programmes.version(area, version))?.source;
    if (source === undefined || expand === undefined) return { entries, source };
    const now = clock.wall();
    return { entries: await expand(area, source, now, now + PROGRAMME_LIFE.validDays * DAY_MS), source };
  }

  async #issue(
    area: AreaCode,
    entries: ProgrammeEntry[],
    by: string,
    source?: ProgrammeSource,
  ): Promise<Programme> {
    const { programmes, signer, clock } = this.#needs;
    const version = ((await programmes.current(area))?.version ?? 0) + 1;
    const now = clock.wall();
    const signed = await signer.sign({
      format: 1 as const,
      area,
      version,
      by,
      issued_at: instantOf(now),
      valid_until: instantOf(now + PROGRAMME_LIFE.validDays * DAY_MS),
      entries,
    });
    const programme = Programme.parse(signed);
    refuseTooLarge(programme);
    await programmes.add(programme, source);
    await this.#publishWhenUp(programme);
    return programme;
  }

  async #publishWhenUp(programme: Programme): Promise<void> {
    const { area, version } = programme;
    await this.#publish(programme).catch((error: unknown) => {
      // It is stored: `publishAll` brings it as soon as the broker is back.
      if (!isServerError(error, 'broker-down')) throw error;
      this.#needs.log.warn({ area, version }, 'the broker is away; the programme waits');
    });
  }

  async #publish(programme: Programme): Promise<void> {
    const topic = topicOf('areaProgramme', { zone: zoneOf(programme.area), area: programme.area });
    const payload = Buffer.from(JSON.stringify(programme));
    await this.#needs.broker.publish({ topic, payload, qos: 1, retained: true });
  }
}

function refuseTooLarge(programme: Programme): void {
  const bytes = Buffer.byteLength(JSON.stringify(programme));
  const limit = TOPICS.areaProgramme.maxBytes;
  if (bytes > limit) throw new ServerError('request-too-large', { context: { bytes, limit } });
}
