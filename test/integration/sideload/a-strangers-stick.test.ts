import { execFileSync } from 'node:child_process';
import { lstat, mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { StickFolder } from '../../../device/drivers/stick/stick-folder.ts';
import { DeviceError } from '../../../device/errors.ts';
import { FLOOD_NOTICE } from '../../../scripts/virtual-world/sayings.ts';
import { freshKey } from '../../../scripts/virtual-world/sim-server.ts';
import { MINUTE, VILLAGE } from '../../../scripts/virtual-world/world.ts';
import { hashOf, newsWith, SPEECH, StickStage } from './stick-stage.ts';

const SOUND = `media/${hashOf(SPEECH)}`;

/** Nothing came, nothing is left of it, and the hall says why. */
async function expectRefused(stage: StickStage, name: string, reason: string): Promise<void> {
  const result = await stage.sideload();
  expect(result.refused).toMatchObject([{ name, reason }]);
  expect(result.taken).toMatchObject({ orders: [], files: 0, bytes: 0 });
  expect(await readdir(stage.media).catch(() => [])).toEqual([]);
  expect(stage.events('sideloaded')).toMatchObject([{ refused: 1 }]);
}

async function withProgramme(entry = newsWith(SPEECH)): Promise<StickStage> {
  const stage = await StickStage.open();
  await stage.put(`programmes/${VILLAGE}.json`, stage.world.server.programme(VILLAGE, [entry]));
  await mkdir(join(stage.stick, 'prakat', 'media'));
  return stage;
}

describe('files', () => {
  test('that are another than their name says', async () => {
    const stage = await withProgramme();
    await stage.put(SOUND, Buffer.from(SPEECH).fill(0, 100, 101));
    await expectRefused(stage, SOUND, 'wrong-file');
  });

  test('that are larger than announced, though they have holes for most of their 2 GB', async () => {
    const stage = await withProgramme();
    await stage.put(SOUND, SPEECH);
    await truncate(join(stage.stick, 'prakat', SOUND), 2 ** 31);
    await expectRefused(stage, SOUND, 'wrong-file');
  });

  test('that are links to what lies elsewhere on the box, be it the right bytes', async () => {
    const stage = await withProgramme();
    const elsewhere = join(stage.stick, 'elsewhere');
    await writeFile(elsewhere, SPEECH);
    await symlink(elsewhere, join(stage.stick, 'prakat', SOUND));
    await expectRefused(stage, SOUND, 'no-file');
  });

  test('in a folder that is a link', async () => {
    const stage = await withProgramme();
    const elsewhere = join(stage.stick, 'elsewhere');
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, hashOf(SPEECH)), SPEECH);
    await rm(join(stage.stick, 'prakat', 'media'), { recursive: true });
    await symlink(elsewhere, join(stage.stick, 'prakat', 'media'));
    await expect(stage.sideload()).rejects.toMatchObject({ code: 'stick-unreadable' });
    expect(await readdir(stage.media).catch(() => [])).toEqual([]);
  });

  test('that are a pipe nobody writes to', async () => {
    const stage = await withProgramme();
    execFileSync('mkfifo', [join(stage.stick, 'prakat', SOUND)]);
    await expectRefused(stage, SOUND, 'no-file');
  });

  test.each(['x..%2f..%2fetc%2fpasswd', 'เสียง.mp3', `${hashOf(SPEECH)}.sh`, hashOf(SPEECH).toUpperCase()])(
    'under a name of no hash: %s',
    async (name) => {
      const stage = await withProgramme();
      await stage.put(`media/${name}`, SPEECH);
      await expectRefused(stage, `media/${name}`, 'strange-name');
    },
  );

  test('that an ordinary computer leaves everywhere are nobody’s mistake', async () => {
    const stage = await withProgramme();
    await stage.put(SOUND, SPEECH);
    await stage.put(`media/._${hashOf(SPEECH)}`, Buffer.from('x'));
    expect(await stage.sideload()).toMatchObject({ taken: { files: 1 }, refused: [] });
  });
});

describe('documents', () => {
  test('signed by a key that the hall does not trust', async () => {
    const stage = await StickStage.open();
    const { server } = stage.world;
    const order = server.make({ to: [VILLAGE], ...FLOOD_NOTICE }, { key: freshKey('stranger') });
    await stage.put(`orders/${order.id}.json`, order);
    await expectRefused(stage, `orders/${order.id}.json`, 'unknown-key');
    expect(stage.events('refused')).toMatchObject([{ reason: 'unknown-key', what: order.id, via: 'stick' }]);
  });

  test('that were altered', async () => {
    const stage = await StickStage.open();
    const programme = stage.world.server.programme(VILLAGE, [newsWith(SPEECH)]);
    await stage.put(`programmes/${VILLAGE}.json`, { ...programme, entries: [] });
    await expectRefused(stage, `programmes/${VILLAGE}.json`, 'bad-signature');
  });

  test('of yesterday: an order must be fresh, and a programme not older than what is here', async () => {
    const stage = await StickStage.open();
    const { world } = stage;
    const order = world.server.make({ to: [VILLAGE], ...FLOOD_NOTICE }, { life_ms: MINUTE });
    const old = world.server.programme(VILLAGE, [newsWith(SPEECH)]);
    await stage.put(`programmes/${VILLAGE}.json`, world.server.programme(VILLAGE, []));
    await stage.sideload();
    await world.pass(2 * MINUTE);
    await stage.put(`programmes/${VILLAGE}.json`, old);
    await stage.put(`orders/${order.id}.json`, order);
    const { refused } = await stage.sideload();
    expect(refused.map(({ reason }) => reason)).toEqual(['older', 'expired']);
    expect(world.hall.disk.programmes.get(VILLAGE)?.programme.version).toBe(2);
    expect(world.begun(order.id)).toBe(0);
  });

  test.each([
    ['no JSON', Buffer.from('{"area":'), 'malformed'],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'malformed'],
    ['600 KB', Buffer.alloc(600 * 1024, ' '), 'too-large'],
  ])('that are %s', async (_name, content, reason) => {
    const stage = await StickStage.open();
    await stage.put(`programmes/${VILLAGE}.json`, content);
    await expectRefused(stage, `programmes/${VILLAGE}.json`, reason);
  });

  test('a list of key sets that is none', async () => {
    const stage = await StickStage.open();
    const { server } = stage.world;
    await stage.put('keys.json', Buffer.from('{"format":1}'));
    await expectRefused(stage, 'keys.json', 'malformed');
    expect(stage.world.hall.disk.keys?.version ?? server.keySet.version).toBe(1);
  });
});

test('a stick that is pulled midway leaves what came whole, and nothing half done', async () => {
  const second = Buffer.from('ข่าวเที่ยง '.repeat(40_000));
  class PulledStick extends StickFolder {
    override async *chunks(name: string, maxBytes: number): AsyncGenerator<Uint8Array> {
      for await (const chunk of super.chunks(name, maxBytes)) {
        yield chunk;
        if (name.endsWith(hashOf(second)))
          throw new DeviceError('stick-unreadable', { name, reason: 'unreadable' });
      }
    }
  }
  const stage = await StickStage.open(() => ({
    look: async () => [],
    open: (folder) => new PulledStick(folder),
  }));
  const noon = { ...newsWith(second), id: 'noon-news', starts: '2026-11-01T12:00:00' };
  await stage.put(
    `programmes/${VILLAGE}.json`,
    stage.world.server.programme(VILLAGE, [newsWith(SPEECH), noon]),
  );
  await stage.put(SOUND, SPEECH);
  await stage.put(`media/${hashOf(second)}`, second);
  const result = await stage.sideload();
  expect(result).toMatchObject({ taken: { files: 1 }, missing: 1 });
  expect(result.refused).toMatchObject([{ name: `media/${hashOf(second)}`, reason: 'unreadable' }]);
  expect(await readdir(stage.media)).toEqual([hashOf(SPEECH)]);
});

describe('where something is written to a stick', () => {
  test('a link that lies in wait for it leads nowhere', async () => {
    const stage = await StickStage.open();
    const ours = join(stage.stick, 'ours');
    const reports = join(stage.stick, 'prakat', 'reports', 'hall-sim');
    await mkdir(reports, { recursive: true });
    await writeFile(ours, 'a secret of the box');
    await symlink(ours, join(reports, '1-9.json.new'));
    await new StickFolder(stage.stick).write('reports/hall-sim/1-9.json', Buffer.from('{}'));
    expect(await readFile(ours, 'utf8')).toBe('a secret of the box');
    expect((await lstat(join(reports, '1-9.json'))).isFile()).toBe(true);
  });

  test('a pipe that nobody reads holds nobody up', async () => {
    const stage = await StickStage.open();
    await mkdir(join(stage.stick, 'prakat'), { recursive: true });
    execFileSync('mkfifo', [join(stage.stick, 'prakat', 'keys.json.new')]);
    await new StickFolder(stage.stick).write('keys.json', Buffer.from('[]'));
    expect(await readFile(join(stage.stick, 'prakat', 'keys.json'), 'utf8')).toBe('[]');
  });

  test('no folder is made behind a link', async () => {
    const stage = await StickStage.open();
    const elsewhere = join(stage.stick, 'elsewhere');
    await mkdir(elsewhere, { recursive: true });
    await mkdir(join(stage.stick, 'prakat'));
    await symlink(elsewhere, join(stage.stick, 'prakat', 'reports'));
    const written = new StickFolder(stage.stick).write('reports/hall-sim/1-9.json', Buffer.from('{}'));
    await expect(written).rejects.toMatchObject({ code: 'stick-unreadable' });
    expect(await readdir(elsewhere)).toEqual([]);
  });
});

test('a folder without anything of ours says so', async () => {
  const stage = await StickStage.open();
  await mkdir(stage.stick, { recursive: true });
  await expect(stage.sideload()).rejects.toMatchObject({
    code: 'stick-unreadable',
    context: { reason: 'no-file' },
  });
});
