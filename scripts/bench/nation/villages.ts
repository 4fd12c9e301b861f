import type { DeviceState } from '../../../firmware-protocol/mqtt/messages.ts';
import type { Database } from '../../../server/tables.ts';
import { enrolledHall } from '../enrolled-hall.ts';

const PROVINCES = 77;
const PER_TAMBON = 10;
const AT_ONCE = 1_000;

/** Halls spread evenly over 77 provinces, ten to a tambon; nine of ten are there, one of twenty has a fault. Resolves with their ids. */
export async function enrolNation(db: Database, halls: number): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < halls; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, halls - from) }, (_, at) => hallOf(from + at));
    await db.devices.put(...some);
    ids.push(...some.map(({ id }) => id));
  }
  return ids;
}

function hallOf(at: number) {
  const village = villageOf(at);
  const presence = { state: at % 10 === 0 ? 'offline' : 'online', boot: 1 } as const;
  return enrolledHall(`hall-${at}`, village, { presence, state: stateOf(village, at) });
}

export function villageOf(at: number): string {
  const within = Math.floor(at / PROVINCES);
  const tambon = Math.floor(within / PER_TAMBON);
  const parts = [
    10 + (at % PROVINCES),
    1 + Math.floor(tambon / 50),
    1 + (tambon % 50),
    1 + (within % PER_TAMBON),
  ];
  return parts.map((part) => String(part).padStart(2, '0')).join('');
}

export function stateOf(village: string, at: number): DeviceState {
  return {
    ...{ boot: 1, version: '0.1.0', village, trust: 'full', boot_nonce: 'n', keys: 1, warnings: [] },
    programmes: [{ area: 'th', version: 7 }],
    outputs: { tower: { works: at % 20 !== 0 }, panel: { works: true } },
  };
}
