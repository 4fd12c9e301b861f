import { expect, it, vi } from 'vitest';
import { AlertEvent } from '../../../../firmware-protocol/mqtt/event-messages.ts';
import type { AlertSummary } from '../../../../server/alerts/alert-records.ts';
import { Registry } from '../../../../server/fleet/registry.ts';
import { LiveAlerts } from '../../../../server/live/live-alerts.ts';
import { addHall, openOffice, silent } from '../office.ts';
import { Listeners } from './listeners.ts';

const WARNING = {
  ...{ id: '01JCKZ5V00000000000000000A', title: 'น้ำท่วมฉับพลัน อำเภอท่าบ่อ', state: 'waiting' },
  ...{ stateAt: Date.parse('2026-11-26T14:31:00+07:00'), stateBy: 'prakat', via: 'post:tmd', to: ['4302'] },
} as unknown as AlertSummary;

async function room() {
  const office = await openOffice();
  const listeners = new Listeners();
  const fleet = new Registry(office.db);
  const live = new LiveAlerts({ audience: listeners.audience(office), fleet, log: silent });
  const told = async (...users: string[]) => {
    await vi.waitFor(() => expect(office.broker.sent.length).toBeGreaterThanOrEqual(users.length));
    return users.map((user) => listeners.to(user, office).map((event) => AlertEvent.parse(event).state));
  };
  return { office, listeners, live, told };
}

it('a warning is told to whom it touches, also as a part of a larger place, and to nobody else', async () => {
  const { office, listeners, live } = await room();
  for (const [user, area] of [
    ['province', '43'],
    ['district', '4302'],
    ['village', '43020101'],
    ['neighbour', '4301'],
    ['elsewhere', '10'],
    ['tmd', '90'],
  ])
    listeners.add(user ?? '', area ?? '');
  live.tell(WARNING);
  await vi.waitFor(() => expect(office.broker.sent).toHaveLength(4));
  const event = {
    ...{ alert: WARNING.id, title: WARNING.title, state: 'waiting', state_by: 'prakat' },
    state_at: '2026-11-26T14:31:00.000+07:00',
  };
  for (const user of ['province', 'district', 'village', 'tmd'])
    expect(listeners.to(user, office)).toEqual([event]);
});

it('one for a single hall is told where that hall stands', async () => {
  const { office, listeners, live, told } = await room();
  await addHall(office.db, 'hall-mae', '43010101');
  listeners.add('somchai', '4301');
  listeners.add('malee', '10');
  live.tell({ ...WARNING, to: ['device/hall-mae'], state: 'live' });
  expect(await told('somchai')).toEqual([['live']]);
  expect(office.broker.sent).toEqual([]);
});

it('one that reaches no village of ours is told to who looks after the country', async () => {
  const { office, listeners, live, told } = await room();
  listeners.add('nation', 'th');
  listeners.add('somchai', '43');
  live.tell({ ...WARNING, to: [], via: 'file' });
  expect(await told('nation')).toEqual([['waiting']]);
  expect(office.broker.sent).toEqual([]);
});

it('nobody is looked up while nobody listens', async () => {
  const { office, listeners, live } = await room();
  live.tell(WARNING);
  await office.clock.advance(1_000);
  expect(listeners.asked).toBe(0);
});
