import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { chainFault, ReportBatch } from '../../../firmware-protocol/content/report.ts';
import { publicKeyOf, signingKey, verifies } from '../../../firmware-protocol/content/signature.ts';
import { FLOOD_NOTICE } from '../../../scripts/virtual-world/sayings.ts';
import { DEVICE, MINUTE, VILLAGE } from '../../../scripts/virtual-world/world.ts';
import { hashOf, newsWith, SPEECH, StickStage } from './stick-stage.ts';

test('programme, order and sound come by stick through the same gates, play in time, and say how they came', async () => {
  const stage = await StickStage.open();
  const { world } = stage;
  const programme = world.server.programme(VILLAGE, [newsWith(SPEECH)]);
  const notice = world.server.make({ to: [VILLAGE], ...FLOOD_NOTICE });
  world.server.orders.set(notice.id, notice);
  await stage.put(`programmes/${VILLAGE}.json`, programme);
  await stage.put('programmes/43010101.json', { ...programme, area: '43010101' });
  await stage.put(`orders/${notice.id}.json`, notice);
  await stage.put(`media/${hashOf(SPEECH)}`, SPEECH);
  await stage.put(`media/${'a'.repeat(64)}`, Buffer.from('nobody asked for it'));

  const result = await stage.sideload();
  expect(result).toMatchObject({
    taken: { keys: [], programmes: [{ area: VILLAGE, version: 1 }], orders: [notice.id], files: 1 },
    refused: [],
    not_needed: 2,
  });
  expect(await readFile(join(stage.media, hashOf(SPEECH)))).toEqual(SPEECH);
  await world.pass(MINUTE);
  expect(world.begun(notice.id)).toBe(2);
  expect(stage.events('programme')).toEqual([{ type: 'programme', area: VILLAGE, version: 1, via: 'stick' }]);
  expect(stage.events('accepted')).toMatchObject([{ play: notice.id, via: 'stick' }]);
  expect(stage.events('sideloaded')).toMatchObject([{ programmes: 1, orders: 1, files: 1, refused: 0 }]);
  await world.passUntil('2026-11-16T06:40:00+07:00');
  expect(world.begun(`${VILLAGE}/morning-news/20261116T063000`)).toBe(2);

  const again = await stage.sideload();
  expect(again.taken).toMatchObject({ programmes: [], orders: [], files: 0 });
  expect(again).toMatchObject({ had: 3, refused: [] });
  world.broker.restoreNetwork();
  await world.calmAndAudit();
});

test('a chain of key sets is followed set by set, also from before what the hall has', async () => {
  const stage = await StickStage.open();
  const { server } = stage.world;
  const sets = [server.keySet];
  for (let version = 2; version <= 4; version++) {
    server.trustKeys([server.scoped(server.key)]);
    sets.push(server.keySet);
  }
  await stage.put('keys.json', [...sets].reverse());
  expect(await stage.sideload()).toMatchObject({ taken: { keys: [2, 3, 4] }, refused: [] });
  expect(stage.world.hall.disk.keys?.version).toBe(4);
  expect(stage.events('keys')).toMatchObject([2, 3, 4].map((version) => ({ version, via: 'stick' })));
});

test('what the server has not receipted goes out on the stick, signed and chained', async () => {
  const stage = await StickStage.open();
  const { world } = stage;
  await stage.put(`programmes/${VILLAGE}.json`, world.server.programme(VILLAGE, [newsWith(SPEECH)]));
  const { reports_written } = await stage.sideload();
  expect(reports_written).toBe(1);
  const folder = join(stage.stick, 'prakat', 'reports', DEVICE);
  const [name = ''] = await readdir(folder);
  const raw = JSON.parse(await readFile(join(folder, name), 'utf8'));
  const { device, reports, signature } = ReportBatch.parse(raw);
  const { seed } = world.hall.identity;
  expect(device).toBe(DEVICE);
  expect(verifies(raw, signature, publicKeyOf(signingKey(DEVICE, seed)))).toBe(true);
  expect(chainFault(reports)).toBeUndefined();
  expect(name).toBe(`${reports[0]?.n}-${reports.at(-1)?.n}.json`);
  expect(reports.map(({ event }) => event.type)).toEqual(['programme', 'sideloaded']);
});

test('a stick that is put in is read by itself, once, and again when other files are on it', async () => {
  const stage = await StickStage.open();
  const { world } = stage;
  const first = world.server.programme(VILLAGE, [newsWith(SPEECH)]);
  await stage.put(`programmes/${VILLAGE}.json`, first);
  await stage.put(`media/${hashOf(SPEECH)}`, SPEECH);
  // The file system is real and the hall's time is not: time passes until the hall has seen it.
  const seen = (count: number) =>
    vi.waitFor(async () => {
      await world.pass(1_000);
      expect(stage.events('sideloaded')).toHaveLength(count);
    }, 45_000);
  await seen(1);
  expect(world.hall.disk.programmes.get(VILLAGE)?.programme.version).toBe(1);
  await world.pass(5 * MINUTE);
  expect(stage.events('sideloaded')).toHaveLength(1);
  const next = world.server.programme(VILLAGE, []);
  await stage.put(`programmes/${VILLAGE}.json`, next);
  await stage.put('programmes/43.json', world.server.programme('43', []));
  await seen(2);
  await vi.waitFor(() => expect(world.hall.disk.programmes.get(VILLAGE)?.programme.version).toBe(2), 45_000);
}, 100_000);
