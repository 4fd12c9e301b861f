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

  async devices(area: AreaCode): Promise<FleetRow[]> {
    const records = await this.#tables.devices.within(area);
    const stored = await this.#tables.reports.counts(area);
    return records.map((record) => rowOf(record, stored.get(record.id) ?? 0));
  }

  async device(id: DeviceId): Promise<FleetRow | undefined> {
    const record = await this.#tables.devices.get(id);
    if (record === undefined) return undefined;
    return (await this.devices(record.village)).find((row) => row.device === id);
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
