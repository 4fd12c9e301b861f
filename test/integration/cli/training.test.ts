import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { freePort } from '../broker/mosquitto-process.ts';
import { Prakat } from './prakat.ts';

vi.setConfig({ testTimeout: 120_000 });

it('who logs on to a training server as to a live one is told so, and the line that it prints says how', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-training-'));
  const prakat = await Prakat.built();
  const config = {
    ...{ data: 'data', training: true, signer: 'inside', log: 'silent' },
    broker: { kind: 'embedded', port: await freePort() },
    http: { port: await freePort() },
  };
  await writeFile(join(folder, 'server.json'), JSON.stringify(config));
  const server = prakat.start(['server', '--config', join(folder, 'server.json')]);
  onTestFinished(async () => {
    server.child.kill('SIGTERM');
    await server.ended;
    await rm(folder, { recursive: true, force: true });
  });
  await vi.waitFor(() => expect(server.said()).toContain('prakat login'), { timeout: 60_000 });
  const printed = /prakat (login .*)/.exec(server.said())?.[1]?.split(' ') ?? [];
  expect(printed).toContain('--training');
  const surroundings = {
    env: { PRAKAT_PROFILE: join(folder, 'admin.json') },
    stdin: 'ฝึกซ้อมทุกวันศุกร์\n',
  };
  const astray = await prakat.run(
    printed.filter((word) => word !== '--training'),
    surroundings,
  );
  expect(astray).toMatchObject({ code: 1, err: expect.stringContaining('log on with --training') });
  const again = printed.filter((word, at) => word !== '--code' && printed[at - 1] !== '--code');
  expect(await prakat.run(again, surroundings)).toMatchObject({ code: 0 });
});
