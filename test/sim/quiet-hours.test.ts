import { expect, test } from 'vitest';
import { SiteLaws } from '../../firmware-protocol/content/site-laws.ts';
import {
  ANTHEM,
  announcementOf,
  FLOOD_ALERT,
  FLOOD_NOTICE,
  HOURLY_NOTE,
} from '../../scripts/virtual-world/sayings.ts';
import { HOUR, MINUTE, SECOND, VILLAGE, World } from '../../scripts/virtual-world/world.ts';

const EVENING = Date.parse('2026-11-16T20:30:00+07:00');
const MEETING = { ...FLOOD_NOTICE, band: 40, announcement: announcementOf('ประชุมหมู่บ้าน', 20 * MINUTE) };

async function hallUnder(laws: object, startWall = EVENING): Promise<World> {
  const world = new World({ startWall, laws: SiteLaws.parse(laws) });
  await world.up();
  return world;
}

test('at night only alerts and ceremonies sound; the sign shows on; each refusal is a report', async () => {
  const world = await hallUnder({});
  world.server.programme(VILLAGE, [HOURLY_NOTE]);
  await world.passUntil('2026-11-16T21:30:00+07:00');
  const notice = world.server.push(FLOOD_NOTICE, VILLAGE);
  const alert = world.server.push(FLOOD_ALERT, VILLAGE);
  await world.pass(5 * MINUTE);
  expect(world.ends(notice.id)).toEqual(['panel finished', 'tower rejected quiet-hours']);
  expect(world.ends(alert.id)).toEqual(['panel finished', 'tower finished']);
  await world.passUntil('2026-11-17T06:30:00+07:00');
  const night = `${VILLAGE}/hourly-note/20261117T030000`;
  expect(world.ends(night)).toEqual(['panel finished', 'tower rejected quiet-hours']);
  expect(world.ends(`${VILLAGE}/hourly-note/20261117T060000`)).toEqual(['panel finished', 'tower finished']);
  await world.calmAndAudit();
});

test('what would last far into the quiet does not begin; what began in time ends in peace', async () => {
  const world = await hallUnder({});
  const inTime = world.server.push(MEETING, VILLAGE);
  await world.passUntil('2026-11-16T20:52:00+07:00');
  expect(world.ends(inTime.id)).toContain('tower finished');
  const tooLate = world.server.push(MEETING, VILLAGE);
  const short = world.server.push({ ...MEETING, announcement: announcementOf('สั้น', 9 * MINUTE) }, VILLAGE);
  await world.passUntil('2026-11-16T21:10:00+07:00');
  expect(world.ends(tooLate.id)).toContain('tower rejected quiet-hours');
  expect(world.ends(short.id)).toContain('tower finished');
  await world.calmAndAudit();
});

test('the minutes of a day are counted over a power cut, and begin anew at midnight', async () => {
  const world = await hallUnder({ quiet: [], minutes_a_day: 30 });
  world.server.push(MEETING, VILLAGE);
  await world.pass(25 * MINUTE);
  world.hall.powerOff();
  await world.pass(MINUTE);
  world.hall.powerOn();
  await world.pass(MINUTE);
  const tooMuch = world.server.push(MEETING, VILLAGE);
  const little = world.server.push(FLOOD_NOTICE, VILLAGE);
  const alert = world.server.push(FLOOD_ALERT, VILLAGE);
  await world.pass(5 * MINUTE);
  expect(world.ends(tooMuch.id)).toContain('tower rejected minutes-used');
  expect(world.ends(little.id)).toContain('tower finished');
  expect(world.ends(alert.id)).toContain('tower finished');
  await world.passUntil('2026-11-17T00:00:10+07:00');
  const tomorrow = world.server.push(MEETING, VILLAGE);
  await world.pass(25 * MINUTE);
  expect(world.ends(tomorrow.id)).toContain('tower finished');
  await world.calmAndAudit();
});

test('a hall that does not know the time is not kept silent by the hour: who orders it quotes its boot', async () => {
  const world = new World({ startWall: EVENING + 2 * HOUR, laws: SiteLaws.parse({}) });
  world.server.answers = false;
  world.hall.setSystemError(-50 * 365 * 24 * HOUR);
  world.hall.powerOn();
  await world.pass(5 * SECOND);
  const live = world.server.push({ ...FLOOD_NOTICE, boot_nonce: world.state().boot_nonce }, VILLAGE);
  await world.pass(MINUTE);
  expect(world.begun(live.id)).toBe(2);
  world.server.answers = true;
  world.hall.setSystemError(0);
  await world.pass(HOUR);
  await world.calmAndAudit();
});

test('an anthem at night is a ceremony all the same', async () => {
  const world = await hallUnder(
    { quiet: [{ from: '00:00', until: '23:59' }] },
    Date.parse('2026-11-16T07:50:00+07:00'),
  );
  world.server.programme(VILLAGE, [ANTHEM]);
  await world.passUntil('2026-11-16T08:05:00+07:00');
  expect(world.ends(`${VILLAGE}/anthem-morning/20261116T080000`)).toEqual([
    'panel finished',
    'tower finished',
  ]);
  await world.calmAndAudit();
});

test('an alert that is still speaking when it expires is cut, on the sign too', async () => {
  const world = await hallUnder({ quiet: [] });
  const long = { ...FLOOD_ALERT, announcement: announcementOf('อพยพ', 20 * MINUTE) };
  const alert = world.server.push(long, VILLAGE, { life_ms: 2 * MINUTE });
  await world.pass(3 * MINUTE);
  expect(world.ends(alert.id)).toEqual(['panel finished', 'tower interrupted expired']);
  expect(world.hall.witness.onAir()).toEqual([]);
  await world.calmAndAudit();
});

test('the state says by which laws the hall goes', async () => {
  const world = await hallUnder({ minutes_a_day: 45 });
  expect(world.state().laws).toMatchObject({ minutes_a_day: 45, quiet: [{ from: '21:00', until: '06:00' }] });
});
