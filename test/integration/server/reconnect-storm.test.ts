import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { enrolledHall } from '../../../scripts/bench/enrolled-hall.ts';
import { percentile } from '../../../scripts/bench/row.ts';
import { MOSQUITTO_SALT_BYTES, mosquittoHash } from '../../../server/operators/mosquitto-hash.ts';
import { fastHash } from '../../../server/operators/one-time-code.ts';
import { Guest } from '../broker/mqtt-guest.ts';
import { BROKERS, Town } from './town.ts';

/** F28, small; `prakat bench fanout --halls 10000` is the same with all of them. */
const HALLS = 200;
/** One is over within a second: too few answers to speak of. */
const STORMS = 4;
const PROMISED_P99_MS = 2_000;
const PASSWORD = 'รหัสผ่านของทุกหอ';
let town: Town;
afterEach(() => town.close());

describe.each(BROKERS)('at the %s broker', (kind) => {
  it(`${HALLS} that come back at once are all back, and who is there is answered meanwhile`, async () => {
    town = await Town.found(kind);
    await enrolMany();
    let halls = await vi.waitFor(() => everyone(), { timeout: 20_000, interval: 500 });
    const calm = await answers(20);
    const stormy: number[] = [];
    for (let storm = 1; storm <= STORMS; storm++) {
      for (const hall of halls) hall.cut();
      await vi.waitFor(() => expect(halls.every(({ closed }) => closed)).toBe(true));
      let isBack = false;
      const back = everyone().finally(() => {
        isBack = true;
      });
      do stormy.push(...(await answers(1)));
      while (!isBack);
      halls = await back;
    }
    const [p99, calmP99] = [percentile(stormy, 0.99), percentile(calm, 0.99)].map(Math.round);
    console.log(`${kind}: answers ${stormy.length}, p99 ${p99} ms; in calm ${calmP99} ms`);
    expect(p99).toBeLessThan(PROMISED_P99_MS);

    const { order } = await town.ask('push', { to: ['43'], text: 'ทดสอบระบบ' });
    await vi.waitFor(
      () => {
        const deaf = halls.filter((hall) => !hall.texts().some((text) => text.includes(order)));
        expect(deaf).toHaveLength(0);
      },
      { timeout: 15_000 },
    );
    await Promise.all(halls.map((hall) => hall.leave()));
  });
});

/** Rows as an enrolment makes them; they share one password. */
async function enrolMany(): Promise<void> {
  const { db } = town.server.services;
  const passwordHash = fastHash(PASSWORD);
  const brokerHash = await mosquittoHash(PASSWORD, randomBytes(MOSQUITTO_SALT_BYTES), 10);
  await db.transaction(async ({ devices }) => {
    for (let n = 0; n < HALLS; n++)
      await devices.put(
        enrolledHall(`storm-${n}`, `430101${String(n % 100).padStart(2, '0')}`, { passwordHash, brokerHash }),
      );
  });
  // Whoever enrols makes Mosquitto read all passwords again.
  await town.hall('hall-mae', '43010101');
}

/** All at once, subscribed. Rejects when one is refused. */
function everyone(): Promise<Guest[]> {
  return Promise.all(
    Array.from({ length: HALLS }, async (_, n) => {
      const name = `storm-${n}`;
      const credentials = { username: name, password: PASSWORD, clientId: name, connectTimeout: 20_000 };
      const guest = await entered(credentials);
      await guest.subscribe(topicOf('areaOrder', { zone: '43', area: '43' }));
      return guest;
    }),
  );
}

/** The kernel cuts a line when too many wait to be taken; a hall comes again. */
async function entered(credentials: Parameters<typeof Guest.enter>[1]): Promise<Guest> {
  try {
    return await Guest.enter(town.server.brokerUrl, credentials);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error;
    return entered(credentials);
  }
}

/** How long a person waits for an answer, ms. */
async function answers(count: number): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < count; n++) {
    const from = performance.now();
    await town.ask('overview', {});
    took.push(performance.now() - from);
  }
  return took;
}
