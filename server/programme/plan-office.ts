import { type AreaCode, contains } from '../../firmware-protocol/content/area.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { Programme, ProgrammeEntry } from '../../firmware-protocol/content/programme.ts';
import type { SiteLaws } from '../../firmware-protocol/content/site-laws.ts';
import type { Conflict } from '../../firmware-protocol/mqtt/programme-requests.ts';
import { mayReach } from '../areas/reach.ts';
import { ServerError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { Database } from '../tables.ts';
import { OF_THE_SLOT, ONLY_WARNS } from './conflict-words.ts';
import { conflictsOf } from './conflicts.ts';
import { expandPlan } from './expand-plan.ts';
import { frozenChanges } from './freeze.ts';
import type { Accepted, ProgrammeSource, WantedProgramme } from './plan-records.ts';
import { PROGRAMME_LIFE, type ProgrammeOffice } from './programme-office.ts';
import { ProgrammeShelf } from './programme-shelf.ts';
import type { OwnedSlot } from './slots.ts';

/** What stands against a plan, before it is published. */
export interface Check {
  conflicts: Conflict[];
  frozen: string[];
}

export interface Prospect {
  /** As boxes would get them. */
  entries: ProgrammeEntry[];
  /** The version that it would be. */
  version: number;
  check: Check;
}

interface Needs {
  db: Pick<Database, 'programmes' | 'drafts' | 'calendars' | 'standings'>;
  programmes: ProgrammeOffice;
  clock: Pick<Clock, 'wall'>;
}

/** Plans of areas: drafted, looked at beside the others, published, rolled back. */
export class PlanOffice {
  readonly #needs: Needs;
  readonly shelf: ProgrammeShelf;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.shelf = new ProgrammeShelf(needs.db.programmes);
  }

  /** What is published now, as it was planned. */
  async published(area: AreaCode): Promise<{ version: number; source: ProgrammeSource }> {
    const current = await this.#needs.db.programmes.current(area);
    if (current === undefined) return { version: 0, source: { entries: [], slots: [] } };
    return { version: current.version, source: await this.#sourceOf(area, current.version) };
  }

  /** An earlier version, to be published again. Rejects `unknown-version`. */
  async earlier(area: AreaCode, version: number): Promise<ProgrammeSource> {
    return { ...(await this.#sourceOf(area, version)), sameAs: version };
  }

  async #sourceOf(area: AreaCode, version: number): Promise<ProgrammeSource> {
    const found = await this.shelf.version(area, version);
    if (found === undefined) throw new ServerError('unknown-version', { context: { area, version } });
    return found.source ?? { entries: found.programme.entries, slots: [] };
  }

  /** What a plan would become, and what stands against it. Rejects `request-invalid` where a calendar is not there. */
  async prospect(area: AreaCode, source: ProgrammeSource): Promise<Prospect> {
    const { db, clock } = this.#needs;
    const now = clock.wall();
    const until = now + PROGRAMME_LIFE.validDays * 86_400_000;
    const { entries, faults } = await expandPlan(db.calendars, area, source, now, until);
    if (faults.length > 0) throw new ServerError('request-invalid', { faults: faults.slice(0, 20) });
    const around = await this.shelf.current((each) => contains(each, area) || contains(area, each));
    const current = around.find(({ programme }) => programme.area === area)?.programme;
    const version = (current?.version ?? 0) + 1;
    const others = around.filter(({ programme }) => programme.area !== area);
    const conflicts = conflictsOf(
      { area, version, entries, valid_until: instantOf(until) },
      {
        others: others.map(({ programme }) => programme),
        slots: [
          ...slotsOf(area, source),
          ...others.flatMap(({ programme, source: own }) => slotsOf(programme.area, own)),
        ],
        laws: await this.#lawsIn(area),
        nowMs: now,
      },
    );
    return {
      entries,
      version,
      check: { conflicts, frozen: frozenChanges(area, current?.entries ?? [], entries, now) },
    };
  }

  /**
   * What would be published as it stands. Rejects `draft-outdated` where another version was published since, and `programme-conflicts`,
   * `programme-frozen`, `slot-of-another` where nobody said yes, or nobody who may; each with what it is about. What is not planned is
   * not looked at beside others.
   */
  async vetted(wanted: WantedProgramme, asker: { areas: readonly AreaCode[] }): Promise<Prospect> {
    const { area, basedOn, source, accept, planned } = wanted;
    const current = await this.#needs.db.programmes.current(area);
    const version = current?.version ?? 0;
    if (version !== basedOn)
      throw new ServerError('draft-outdated', { context: { based_on: basedOn, version } });
    const prospect = planned ? await this.prospect(area, source) : this.#asItIs(wanted, current);
    refuseConflicts(prospect.check.conflicts, asker.areas, accept.includes('conflicts'));
    refuseFrozen(prospect.check.frozen, accept);
    return prospect;
  }

  /** Publishes what was vetted. Rejects `draft-outdated` and as `ProgrammeOffice.replace`. */
  async issue(
    { area, basedOn, source, planned }: WantedProgramme,
    { entries }: Prospect,
    by: string,
  ): Promise<Programme> {
    const { programmes, db } = this.#needs;
    const programme = await programmes.replace(area, entries, by, planned ? source : undefined, basedOn);
    const draft = planned ? await db.drafts.get(area) : undefined;
    // What was typed while this one waited for a second person stays.
    if (draft !== undefined && isSamePlan(draft.source, source)) await db.drafts.drop(area);
    return programme;
  }

  #asItIs({ area, basedOn, source: { entries } }: WantedProgramme, current: Programme | undefined): Prospect {
    const frozen = frozenChanges(area, current?.entries ?? [], entries, this.#needs.clock.wall());
    return { entries, version: basedOn + 1, check: { conflicts: [], frozen } };
  }

  /** Publishes anew what its calendars now say otherwise; true = it did. */
  refresh(area: AreaCode): Promise<boolean> {
    return this.#needs.programmes.refresh(area);
  }

  /** Each set of laws once for each area that has a programme of its own would be exact; once for all is what a person reads. */
  async #lawsIn(area: AreaCode): Promise<{ area: AreaCode; laws: SiteLaws }[]> {
    const kinds = await this.#needs.db.standings.lawsIn(area);
    return kinds
      .flatMap(({ laws, village }) => (laws === undefined ? [] : [{ area: village, laws }]))
      .slice(0, LAWS_LOOKED_AT);
  }
}

/** Kinds of laws, those of the most halls: each is a plan of its own to be gone through. */
const LAWS_LOOKED_AT = 20;

function slotsOf(owner: AreaCode, source: ProgrammeSource | undefined): OwnedSlot[] {
  return (source?.slots ?? []).map((slot) => ({ ...slot, owner }));
}

function refuseConflicts(conflicts: Conflict[], areas: readonly AreaCode[], accepted: boolean): void {
  const grave = conflicts.filter(({ kind }) => !ONLY_WARNS.includes(kind));
  const foreign = grave.filter(
    ({ kind, against }) => OF_THE_SLOT.includes(kind) && !mayReach(areas, against?.split('/')[0] ?? 'th'),
  );
  const [code, stands] =
    foreign.length > 0
      ? (['slot-of-another', foreign] as const)
      : (['programme-conflicts', accepted ? [] : grave] as const);
  if (stands.length === 0) return;
  throw new ServerError(code, {
    context: { count: stands.length },
    faults: stands.slice(0, 20).map(({ entry, kind, en, th, first }) => ({
      path: entry,
      code: kind,
      en: `${en} (first ${first})`,
      th: `${th} (ครั้งแรก ${first})`,
    })),
  });
}

function isSamePlan(one: ProgrammeSource, other: ProgrammeSource): boolean {
  return JSON.stringify([one.entries, one.slots]) === JSON.stringify([other.entries, other.slots]);
}

function refuseFrozen(frozen: string[], accepted: Accepted): void {
  if (frozen.length === 0 || accepted.includes('frozen')) return;
  throw new ServerError('programme-frozen', {
    context: { count: frozen.length, first: frozen[0] ?? '' },
  });
}
