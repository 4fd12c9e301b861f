import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MediaFolder } from '../../../device/drivers/media-folder.ts';
import { stickPlaces } from '../../../device/drivers/stick/stick-places.ts';
import type { Launched } from '../../../device/update-ports.ts';
import { instantOf } from '../../../firmware-protocol/content/instant.ts';
import { readManifest } from '../../../firmware-protocol/content/release-manifest.ts';
import { signed } from '../../../firmware-protocol/content/signature.ts';
import { MORNING_NEWS } from '../../../scripts/virtual-world/sayings.ts';
import { MINUTE, SECOND, VILLAGE, World } from '../../../scripts/virtual-world/world.ts';
import { BASE, LaunchStage } from './launch-stage.ts';

/** The real agent core, real slots and the real launcher; only time, sound and the line are made up (F44). */

let stage: LaunchStage;
let world: World;
let launched: Launched;
let restarts: number;

beforeEach(async () => {
  stage = await LaunchStage.make();
  [launched, restarts] = [BASE, 0];
  const kit = {
    get slots() {
      return stage.driver(launched);
    },
    architecture: 'amd64' as const,
    read: (path: string) => readFile(path, 'utf8'),
    restart: () => {
      restarts += 1;
    },
  };
  const clock = { wall: () => world.time.wall() };
  world = new World({
    files: {
      mediaStore: new MediaFolder({ folder: join(stage.folder, 'media'), clock }),
      sticks: stickPlaces([join(stage.folder, 'sticks', '*')]),
      update: kit,
    },
  });
});
afterEach(async () => {
  world.hall.powerOff();
  await stage.remove();
});

/** Real files take real time: the world goes on in small steps until it is so. */
const until = (isSo: () => void, step = 10 * SECOND) =>
  vi.waitFor(
    async () => {
      await world.pass(step);
      isSo();
    },
    { timeout: 15_000, interval: 5 },
  );
const phases = () =>
  world.hall.disk.reports.flatMap(({ event }) => (event.type === 'update' ? [event.phase] : []));

async function bringStick(): Promise<string> {
  const { folder, sha256, text } = await stage.fetched('0.2.0');
  const stick = join(stage.folder, 'sticks', 'usb');
  const put = async (name: string, content: string | Uint8Array) => {
    await mkdir(dirname(join(stick, 'prakat', name)), { recursive: true });
    await writeFile(join(stick, 'prakat', name), content);
  };
  const manifest = readManifest(text);
  for (const file of 'fault' in manifest ? [] : manifest.files)
    await put(`media/${file.sha256}`, await readFile(join(folder, file.path)));
  await put(`media/${sha256}`, text);
  const now = instantOf(world.time.wall() - MINUTE);
  const document = {
    ...{ format: 1, area: VILLAGE, version: '0.2.0', by: 'ทีมพัฒนา', issued_at: now, not_before: now },
    ...{ spread_minutes: 0, share: 100, least: '0.0.1' },
    builds: { amd64: { manifest: sha256, bytes: Buffer.byteLength(text) } },
  };
  await put(`releases/${VILLAGE}.json`, JSON.stringify(signed(document, world.server.key)));
  return stick;
}

test('a version comes by stick, waits for the news, is tried out, proves itself and is kept', async () => {
  await world.up();
  world.server.programme(VILLAGE, [MORNING_NEWS]);
  const plan = { trust: 'server', programmes: [{ area: VILLAGE }] };
  await until(() => expect(world.hall.local?.state()).toMatchObject(plan), SECOND / 4);
  world.broker.cutNetwork();
  await world.passUntil('2026-11-16T06:25:30+07:00');
  const result = await world.hall.local?.sideload(await bringStick());
  // What it shares with the base is not taken again.
  expect(result).toMatchObject({ taken: { releases: [{ version: '0.2.0' }], files: 2 }, refused: [] });

  await until(() => expect(phases()).toEqual(['staged']), SECOND);
  await world.passUntil('2026-11-16T06:29:00+07:00');
  expect([restarts, phases()]).toEqual([0, ['staged']]);
  await until(() => expect(restarts).toBe(1), SECOND);
  expect(world.begun(`${VILLAGE}/morning-news/20261116T063000`)).toBe(2);
  expect(phases()).toEqual(['staged', 'activated']);

  await world.hall.shutDown();
  expect(await stage.launch()).toMatchObject({ version: '0.2.0', trial: true });
  launched = { slot: 'a', trial: true };
  world.hall.powerOn();
  await until(() => expect(phases()).toContain('confirmed'));
  expect(await stage.launch()).toMatchObject({ version: '0.2.0', trial: false });
});
