import { mkdir, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { CONTROL_SOCKET } from '../../../firmware-protocol/local/control-socket.ts';
import { LocalAgent } from '../../../scripts/technician/local-agent.ts';
import { DEVICE, PATIENCE, Stage, VILLAGE } from '../agent/stage.ts';

function raw(socketPath: string, path: string, body: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path, method: 'POST' }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.once('error', reject);
    asked.end(body);
  });
}

test('who sits at the box sees what the hall does, will do, and how its line is', async () => {
  const stage = await Stage.open();
  const { agent } = await stage.hall();
  const box = new LocalAgent(join(stage.folder, 'data'));
  await vi.waitFor(() => expect(agent.state()?.trust).toBe('server'), PATIENCE);
  const starts = new Date(Date.now() + 5_400_000 + 7 * 3_600_000).toISOString().slice(0, 19);
  const tower = { chime: 'ding' as const, parts: [], times: 1, gap_ms: 0 };
  stage.server.programme(VILLAGE, [
    {
      ...{ id: 'anthem', starts, band: 40, except: [], outputs: ['tower'], grace_s: 60, when_cut: 'resume' },
      announcement: { title: 'ข่าวหมู่บ้าน', language: 'th', tower },
    },
  ]);
  await vi.waitFor(() => expect(agent.state()?.programmes).toHaveLength(1), PATIENCE);

  expect(await box.ask('state', {})).toMatchObject({ device: DEVICE, state: { village: VILLAGE } });
  expect(await box.ask('health', {})).toMatchObject({ uptime_s: expect.any(Number) });
  expect(await box.ask('link', {})).toMatchObject({ connected: true });
  const trip = await box.ask('round-trip', {});
  expect(trip.server_ms).toBeGreaterThan(0);
  const next = await box.ask('next', { hours: 2 });
  expect(next).toMatchObject({ trust: 'server', plan: [{ title: 'ข่าวหมู่บ้าน', verdict: 'plays' }] });
  expect((await box.ask('next', { hours: 1 })).plan).toEqual([]);
  const { events } = await box.ask('reports', {});
  expect(events.map(({ event }) => event.type)).toEqual(expect.arrayContaining(['booted', 'programme']));
});

test('the socket is its owner’s, one that a power cut left is replaced, and it goes with the agent', async () => {
  const stage = await Stage.open();
  const socket = join(stage.folder, 'data', CONTROL_SOCKET);
  await mkdir(join(stage.folder, 'data'));
  await writeFile(socket, '');
  const box = new LocalAgent(join(stage.folder, 'data'));
  const { stop } = await stage.hall();
  expect((await stat(socket)).mode & 0o777).toBe(0o600);
  expect(await box.isThere()).toBe(true);
  // Somebody who says nothing keeps no agent from ending.
  const silent = connect(socket);
  silent.on('error', () => {});
  await vi.waitFor(() => expect(silent.connecting).toBe(false));
  await stop();
  expect(await box.isThere()).toBe(false);
});

test('what is no request is named; too much is not read; the hall goes on', async () => {
  const stage = await Stage.open();
  const { agent } = await stage.hall();
  const socket = join(stage.folder, 'data', CONTROL_SOCKET);
  const fault = async (path: string, body: string) =>
    JSON.parse((await raw(socket, path, body)).text).error.code;
  expect(await fault('/reboot', '')).toBe('unknown-request');
  expect(await fault('/__proto__', '')).toBe('unknown-request');
  expect(await fault('/next', '{"hours":')).toBe('malformed');
  expect(await fault('/next', '{"hours":0}')).toBe('malformed');
  expect(await fault('/next', '{"days":1}')).toBe('malformed');
  expect(await raw(socket, '/next', 'x'.repeat(20_000))).toMatchObject({ status: 413 });
  expect(agent.state()).toBeDefined();
});
