import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { NewBox } from './new-box.ts';
import type { Started } from './prakat.ts';

/** A hall that runs is set up anew: with a slip in the code, and over a line that breaks at the worst moment. */

const WITHIN = { timeout: 30_000, interval: 100 };
let box: NewBox;
let agent: Started;
let line: Server;
let answersLost = 0;
beforeAll(async () => {
  box = await NewBox.unpacked();
  const { ticket, server } = await box.codeFor('hall-mae');
  line = createServer(
    (asked, answer) =>
      void passOn(asked, server, answersLost > 0).then((said) =>
        said === undefined ? answer.destroy() : answer.writeHead(said.status).end(said.text),
      ),
  );
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  expect((await setup('--code', ticket)).code).toBe(0);
  switchOn();
  await vi.waitFor(async () => expect((await hall())?.presence?.state).toBe('online'), WITHIN);
});
afterAll(async () => {
  agent.child.kill('SIGKILL');
  await agent.ended;
  line.close();
  await box.close();
});

/** What the server says; undefined = it took the code, and its answer never arrives. */
async function passOn(
  asked: IncomingMessage,
  server: string,
  isLost: boolean,
): Promise<{ status: number; text: string } | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of asked) chunks.push(Buffer.from(chunk));
  const body = asked.method === 'POST' ? Buffer.concat(chunks) : undefined;
  const headers = { 'content-type': 'application/json' };
  const said = await fetch(server + asked.url, {
    method: asked.method ?? 'GET',
    headers,
    body: body ?? null,
  });
  const text = await said.text();
  if (body === undefined || !isLost) return { status: said.status, text };
  answersLost -= 1;
  return undefined;
}

const config = () => join(box.folder, 'hall.json');
const setup = (...args: string[]) =>
  box.prakat.run([
    ...['device', 'setup', '--yes', '--no-start', '--sound', 'none', '--board', 'none', '--json'],
    ...['--config', config(), '--data', join(box.folder, 'data'), ...args],
  ]);
const hall = () => box.town.server.services.db.devices.get('hall-mae');
const identity = async () => JSON.parse(await readFile(join(box.folder, 'data/identity.json'), 'utf8'));
const switchOn = () => {
  agent = box.prakat.start(['device', '--config', config()]);
};

it('a slip in any of the letters is refused, and the server replaces nothing', async () => {
  const { code, server } = await box.codeFor('hall-mae');
  const before = await hall();
  const slipAt = (place: number) =>
    code.slice(0, place) + (code[place] === '7' ? '8' : '7') + code.slice(place + 1);
  for (const place of [0, code.length - 1]) {
    const { code: ended, out } = await setup('--again', '--code', slipAt(place), '--server', server);
    expect(ended).toBe(1);
    expect(JSON.parse(out).error.code).toBe('enrolment-failed');
  }
  const after = await hall();
  expect([after?.passwordHash, after?.publicKey, after?.chain]).toEqual([
    before?.passwordHash,
    before?.publicKey,
    before?.chain,
  ]);
  expect(after?.presence?.state).toBe('online');
});

it('an answer that is lost leaves a hall that finishes by itself: nobody has to come back', async () => {
  const { code } = await box.codeFor('hall-mae');
  const [before, known] = [await identity(), await hall()];
  answersLost = 1;
  const through = `http://127.0.0.1:${(line.address() as AddressInfo).port}`;
  const lost = await setup('--again', '--code', code, '--server', through);
  expect(JSON.parse(lost.out).error).toMatchObject({
    code: 'answer-lost',
    th: expect.stringContaining('รหัสเดิม'),
  });
  expect(await identity()).toEqual(before);
  // As the supervisor does it: what ended in good order is started again.
  expect((await agent.ended).code).toBe(0);
  const after = await identity();
  expect(after.password).not.toBe(before.password);
  switchOn();
  await vi.waitFor(async () => {
    const now = await hall();
    expect(now?.presence).toMatchObject({ state: 'online', boot: 2 });
    expect(now?.publicKey).not.toBe(known?.publicKey);
  }, WITHIN);
});
