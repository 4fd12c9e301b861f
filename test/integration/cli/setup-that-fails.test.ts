import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NewBox } from './new-box.ts';

/** A technician's slips and a line that breaks, between a new box and its first day. */

let box: NewBox;
let folder: string;
beforeAll(async () => {
  box = await NewBox.unpacked();
  folder = box.folder;
});
afterAll(() => box.close());

const quiet = ['--yes', '--no-start', '--sound', 'none', '--board', 'none', '--json', '--lang', 'th'];
function setUp(name: string, code: string, server: string, ...more: string[]) {
  const places = ['--config', join(folder, name, 'hall.json'), '--data', join(folder, name, 'data')];
  return box.prakat.run([
    'device',
    'setup',
    '--code',
    code,
    '--server',
    server,
    ...more,
    ...quiet,
    ...places,
  ]);
}
const file = (of: string, name: string) => readFile(join(folder, of, name), 'utf8');

/** Each of the last ten letters belongs to the server: such a slip reaches it as a good code. */
const slip = (code: string) => code.slice(0, -1) + (code.endsWith('7') ? '8' : '7');

it('a slip in any half of the code is named, and costs nobody a code', async () => {
  const { code, server } = await box.codeFor('hall-slip');
  const wrong = await setUp('slip', slip(code), server);
  expect(wrong.code).toBe(1);
  expect(wrong.err).toContain('สิบตัวท้ายของรหัส');
  const right = await setUp('slip', code, server);
  expect(right.code, right.err).toBe(0);
});

it('an answer that was lost on the way is asked for again with the same code', async () => {
  const { code, server } = await box.codeFor('hall-lost');
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
  const { code, server } = await box.codeFor('hall-again');
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
