import type { DeviceId } from '../../firmware-protocol/content/area.ts';
import { OUTPUTS, type Output } from '../../firmware-protocol/content/band.ts';
import type { Clock } from '../ports.ts';
import type { Database, DeviceRecord } from '../tables.ts';
import type { HeldProgramme } from './place-records.ts';
import { standingOf } from './standing.ts';

interface Needs {
  db: Pick<Database, 'standings'>;
  clock: Pick<Clock, 'wall'>;
}

/**
 * Writes down when a box began to fare as it does, and since when it holds a version of a programme: its own state has only
 * what is now. A state comes at each change of what is on air, so that nothing is written that was written before.
 */
export class StandingJournal {
  readonly #needs: Needs;
  readonly #written = new Map<DeviceId, string>();

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** After their presences or their states were stored. */
  async note(records: readonly DeviceRecord[]): Promise<void> {
    const changed = records.filter((record) => this.#written.get(record.id) !== factsOf(record));
    if (changed.length === 0) return;
    await this.#noteStandings(changed);
    await this.#noteProgrammes(changed);
    for (const record of changed) this.#written.set(record.id, factsOf(record));
  }

  async #noteStandings(records: readonly DeviceRecord[]): Promise<void> {
    const { standings } = this.#needs.db;
    const known = await standings.those(records.map(({ id }) => id));
    const before = new Map(known.map((each) => [each.device, each]));
    const now = this.#needs.clock.wall();
    await standings.put(
      records.map((record) => {
        const standing = standingOf(record);
        const last = before.get(record.id);
        const since = last?.standing === standing ? last.since : now;
        return { device: record.id, standing, since, outputs: outputsOf(record) };
      }),
    );
  }

  async #noteProgrammes(records: readonly DeviceRecord[]): Promise<void> {
    const { standings } = this.#needs.db;
    const now = this.#needs.clock.wall();
    const told = records.flatMap(({ id, state }) => (state === null ? [] : [{ id, state }]));
    const before = byDevice(await standings.held(told.map(({ id }) => id)));
    const changed = told.flatMap(({ id, state }) => {
      const last = before.get(id) ?? [];
      const held = state.programmes.map(({ area, version }) => {
        const known = last.find((each) => each.area === area && each.version === version);
        return { device: id, area, version, since: known?.since ?? now };
      });
      const same = held.length === last.length && held.every(({ since }) => since !== now);
      return same ? [] : [{ id, held }];
    });
    if (changed.length === 0) return;
    await standings.putHeld(
      changed.map(({ id }) => id),
      changed.flatMap(({ held }) => held),
    );
  }
}

function byDevice(held: readonly HeldProgramme[]): Map<DeviceId, HeldProgramme[]> {
  const all = new Map<DeviceId, HeldProgramme[]>();
  for (const each of held) all.set(each.device, [...(all.get(each.device) ?? []), each]);
  return all;
}

function outputsOf({ state }: DeviceRecord): Output[] | undefined {
  return state === null ? undefined : OUTPUTS.filter((each) => state.outputs[each]);
}

/** All of a record that is written down here. */
function factsOf(record: DeviceRecord): string {
  return JSON.stringify([standingOf(record), outputsOf(record), record.state?.programmes]);
}
