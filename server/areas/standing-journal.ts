import type { DeviceId } from '../../firmware-protocol/content/area.ts';
import { OUTPUTS } from '../../firmware-protocol/content/band.ts';
import type { Clock } from '../ports.ts';
import type { Database, DeviceRecord } from '../tables.ts';
import { standingOf } from './standing.ts';

interface Needs {
  db: Pick<Database, 'devices' | 'standings'>;
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

  /** After its presence or its state was stored. */
  async note(id: DeviceId): Promise<void> {
    const record = await this.#needs.db.devices.get(id);
    if (record === undefined) return;
    const standing = standingOf(record);
    const outputs = record.state === null ? undefined : OUTPUTS.filter((each) => record.state?.outputs[each]);
    const now = JSON.stringify([standing, outputs, record.state?.programmes]);
    if (this.#written.get(id) === now) return;
    const { standings } = this.#needs.db;
    const before = await standings.of(id);
    const since = before?.standing === standing ? before.since : this.#needs.clock.wall();
    await standings.put({ device: id, standing, since, outputs });
    await this.#noteProgrammes(record);
    this.#written.set(id, now);
  }

  async #noteProgrammes({ id, state }: DeviceRecord): Promise<void> {
    if (state === null) return;
    const { standings } = this.#needs.db;
    const before = await standings.held(id);
    const now = this.#needs.clock.wall();
    const held = state.programmes.map(({ area, version }) => {
      const known = before.find((each) => each.area === area && each.version === version);
      return { device: id, area, version, since: known?.since ?? now };
    });
    const same = held.length === before.length && held.every(({ since }) => since !== now);
    if (!same) await standings.putHeld(id, held);
  }
}
