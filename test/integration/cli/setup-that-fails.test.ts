import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Town } from '../server/town.ts';
import { Prakat } from './prakat.ts';

/** A technician's slips and a line that breaks, between a new box and its first day. */

let town: Town;
let prakat: Prakat;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-setup-'));
  [town, prakat] = await Promise.all([Town.found('embedded'), Prakat.built()]);
  await prakat.logOn(town);
});
afterAll(async () => {
  await town.close();
  await rm(folder, { recursive: true, force: true });
});

async function codeOf(device: string): Promise<{ code: string; server: string }> {
  const made = await prakat.run(['enrol', device, '--village', '43010101', '--name', 'หอเสาเล้า', '--json']);
  expect(made.code, made.err).toBe(0);
  const { code, ticket } = JSON.parse(made.out);
  return { code, server: ticket.slice(ticket.indexOf('@') + 1) };
}

const quiet = ['--yes', '--no-start', '--sound', 'none', '--board', 'none', '--json', '--lang', 'th'];
function setUp(box: string, code: string, server: string, ...more: string[]) {
  const places = ['--config', join(folder, box, 'hall.json'), '--data', join(folder, box, 'data')];
  return prakat.run(['device', 'setup', '--code', code, '--server', server, ...more, ...quiet, ...places]);
}
const file = (box: string, name: string) => readFile(join(folder, box, name), 'utf8');

/** Each of the last ten letters belongs to the server: such a slip reaches it as a good code. */
const slip = (code: string) => code.slice(0, -1) + (code.endsWith('7') ? '8' : '7');

it('a slip in any half of the code is named, and costs nobody a code', async () => {
  const { code, server } = await codeOf('hall-slip');
  const wrong = await setUp('slip', slip(code), server);
  expect(wrong.code).toBe(1);
  expect(wrong.err).toContain('สิบตัวท้ายของรหัส');
  const right = await setUp('slip', code, server);
  expect(right.code, right.err).toBe(0);
});

it('an answer that was lost on the way is asked for again with the same code', async () => {
  const { code, server } = await codeOf('hall-lost');
  const broken = await halfWay(server);
  const first = await setUp('lost', code, `http://127.0.0.1:${(broken.address() as AddressInfo).port}`);
  broken.close();
  expect(JSON.parse(first.out).error.code).toBe('server-away');
  expect(first.err).toContain('รหัสเดิมยังใช้ได้');
  const second = await setUp('lost', code, server);
  expect(second.code, second.err).toBe(0);
  // Another box is another matter.
  const stranger = await setUp('stranger', code, server);
  expect(stranger.err).toContain('รหัสนี้ถูกใช้ไปแล้ว');
});

it('a hall that is set up again with a code that is refused stays what it was', async () => {
  const { code, server } = await codeOf('hall-again');
  expect((await setUp('again', code, server)).code).toBe(0);
  const kept = () => Promise.all([file('again', 'hall.json'), file('again', 'data/identity.json')]);
  const before = await kept();
  const refused = await setUp('again', code, 'http://127.0.0.1:9', '--again');
  expect(JSON.parse(refused.out).error.code).toBe('server-away');
  expect(await kept()).toEqual(before);
  const used = await setUp('again', code, server, '--again');
  expect(used.err).toContain('รหัสนี้ถูกใช้ไปแล้ว');
  expect(await kept()).toEqual(before);
});

/** Brings the request to the server, and breaks before the answer. */
async function halfWay(server: string): Promise<Server> {
  const broken = createServer((request, response) => {
    const forward = async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = Buffer.concat(chunks);
      await fetch(new URL(request.url ?? '/', server), {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body },
      });
      response.destroy();
    };
    void forward();
  });
  await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve));
  return broken;
}
