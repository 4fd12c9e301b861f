import { FIRST_PREV } from '../../firmware-protocol/content/report.ts';
import type { DeviceRecord } from '../../server/tables.ts';

/** The row of a hall that was enrolled, is there and has told nothing yet; nobody can log on or sign as it. */
export function enrolledHall(id: string, village: string, more: Partial<DeviceRecord> = {}): DeviceRecord {
  return {
    id,
    village,
    name: `หอกระจายข่าว ${id}`,
    publicKey: 'A'.repeat(43),
    passwordHash: '',
    brokerHash: '',
    chain: 1,
    enrolledAt: 0,
    reportsUpTo: 0,
    reportsHash: FIRST_PREV,
    copiedAt: null,
    presence: { state: 'online', boot: 1 },
    seenAt: null,
    state: null,
    ...more,
  };
}
