import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../../../device/config.ts';
import { dataFolderOf, readHallConfig } from '../../../scripts/operator/hall-config.ts';

/** `hall.json` as it comes out of somebody's editor. */
async function written(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-written-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'hall.json');
  await writeFile(path, text);
  return path;
}

test('the mark of an encoding before it is no fault, for the command and the agent alike', async () => {
  const path = await written('\uFEFF{"data": "/var/lib/prakat"}');
  expect((await readHallConfig(path)).data).toBe('/var/lib/prakat');
  expect((await loadConfig(path)).data).toBe('/var/lib/prakat');
});

test('a file that is half edited keeps nobody from asking the agent, or telling it to stop', async () => {
  const path = await written('{"data": "/var/lib/prakat", "towre": {}}');
  expect(await dataFolderOf(path)).toBe('/var/lib/prakat');
  await expect(readHallConfig(path)).rejects.toMatchObject({
    faults: [{ path: 'towre', th: expect.stringContaining('tower') }],
  });
  await expect(dataFolderOf(await written('{"data": 5}'))).rejects.toMatchObject({
    faults: [{ path: 'data' }],
  });
});

test('what the agent says of a file that is no JSON names the place', async () => {
  const path = await written('{"data": "x",}');
  await expect(loadConfig(path)).rejects.toMatchObject({
    context: { said: expect.stringContaining('position') },
  });
});
