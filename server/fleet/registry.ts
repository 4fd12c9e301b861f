import type { AreaCode, DeviceId } from '../../firmware-protocol/content/area.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { Fleet, FleetRow } from '../ports.ts';
import type { DeviceRecord, Tables } from '../tables.ts';

/** What operators see of the boxes. */
export class Registry implements Fleet {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  async devices(area: AreaCode, limit?: number): Promise<FleetRow[]> {
    return this.#rowsOf(await this.#tables.devices.within(area, limit));
  }

  async device(id: DeviceId): Promise<FleetRow | undefined> {
    const record = await this.#tables.devices.get(id);
    return record && (await this.#rowsOf([record]))[0];
  }

  async #rowsOf(records: DeviceRecord[]): Promise<FleetRow[]> {
    const stored = await this.#tables.reports.countsOf(records.map(({ id }) => id));
    return records.map((record) => rowOf(record, stored.get(record.id) ?? 0));
  }
}

function rowOf(record: DeviceRecord, reportsStored: number): FleetRow {
  return {
    device: record.id,
    village: record.village,
    name: record.name,
    ...(record.presence === null ? {} : { presence: record.presence }),
    ...(record.seenAt === null ? {} : { seen_at: instantOf(record.seenAt) }),
    ...(record.state === null ? {} : { trust: record.state.trust, state: record.state }),
    reports_stored: reportsStored,
    ...(record.copiedAt === null ? {} : { copied_since: instantOf(record.copiedAt) }),
  };
}
