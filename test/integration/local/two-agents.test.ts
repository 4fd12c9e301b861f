import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown } from 'node:fs/promises';
import { Server } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { holdFolder } from '../../../device/drivers/held-folder.ts';
import { startDevice } from '../../../device/main.ts';
import { LocalAgent } from '../../../scripts/technician/local-agent.ts';
import { PATIENCE, Stage } from '../agent/stage.ts';

/** A technician starts the agent by hand, beside the service. */
test('a second agent in one data folder is refused, and the first goes on, its socket too', async () => {
  const stage = await Stage.open();
  const { agent } = await stage.hall();
  await vi.waitFor(() => expect(agent.state()?.trust).toBe('server'), PATIENCE);
  const second = await startDevice(stage.config()).catch((error: unknown) => error);
  if (!(second instanceof Error)) await (second as Awaited<ReturnType<typeof startDevice>>).stop();
  expect(second).toMatchObject({ code: 'folder-held', context: { path: join(stage.folder, 'data') } });
  const box = new LocalAgent(join(stage.folder, 'data'));
  expect(await box.ask('state', {})).toMatchObject({ state: { boot: 1, trust: 'server' } });
}, 30_000);

test('the folder is free once the agent has stopped', async () => {
  const stage = await Stage.open();
  const first = await startDevice(stage.config());
  await first.stop();
  const { agent } = await stage.hall();
  expect(agent.state()?.boot).toBe(2);
});

test('root does not write into the folder of the service’s user', async () => {
  const { folder } = await Stage.open();
  const other = 65_534;
  if (process.getuid?.() === 0) await chown(folder, other, other);
  await expect(holdFolder(folder, 0)).rejects.toMatchObject({ code: 'folder-of-another' });
  await (await holdFolder(folder, other))();
});

test('a process that was killed holds nothing', async () => {
  const { folder } = await Stage.open();
  const script = `const { dev, ino } = require('fs').statSync(process.argv[1], { bigint: true });
    require('net').createServer().listen('\\0prakat-data-' + dev + '-' + ino, () => console.log('held'))`;
  const other = spawn(process.execPath, ['-e', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void other.kill('SIGKILL'));
  await once(other.stdout, 'data');
  await expect(holdFolder(folder)).rejects.toMatchObject({ code: 'folder-held' });
  other.kill('SIGKILL');
  await once(other, 'exit');
  await (await holdFolder(folder))();
});

test('a kernel that gives no name silences no hall', async () => {
  const { folder } = await Stage.open();
  const listen = vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server) {
    queueMicrotask(() =>
      this.emit('error', Object.assign(new Error('no descriptor left'), { code: 'EMFILE' })),
    );
    return this;
  });
  onTestFinished(() => listen.mockRestore());
  const letGo = await holdFolder(folder);
  await letGo();
});
