import { execFile } from 'node:child_process';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { register } from '../../../scripts/commands/push.ts';
import { saveProfile } from '../../../scripts/operator/profile.ts';
import type { PaperHall } from '../server/paper-hall.ts';
import { ADMIN_PASSWORD, Town } from '../server/town.ts';
import { type Did, verbHere } from './verb-here.ts';

vi.setConfig({ testTimeout: 60_000 });

let town: Town;
let hall: PaperHall;
let thief: Server;

/** A line to the broker that breaks when the answer to a push comes: the push itself has arrived. */
beforeAll(async () => {
  town = await Town.found('embedded');
  hall = await town.hall('hall-mae', '43010101');
  await hall.guest?.subscribe('prakat/v1/43/area/4301/order');
  const { hostname, port } = new URL(town.server.brokerUrl);
  thief = createServer((near) => {
    const far = connect(Number(port), hostname);
    const end = () => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
    near.pipe(far);
    far.on('data', (bytes) => (bytes.includes('/response/push') ? end() : near.write(bytes)));
  });
  await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  thief.close();
  await town.close();
});
afterEach(() => vi.unstubAllEnvs());

/** `prakat push …` as the administrator, over this broker. */
async function push(broker: string, words: string[]): Promise<Did> {
  const profile = join(town.folder, 'operator.json');
  const { httpUrl: server } = town.server;
  await saveProfile({ server, broker, user: 'admin', password: ADMIN_PASSWORD }, profile);
  vi.stubEnv('PRAKAT_PROFILE', profile);
  vi.stubEnv('LC_ALL', 'C');
  return verbHere(['push', ...words, '--no-follow'], register);
}

/** The words of a command line, as a shell hands them to its program. */
async function readByShell(line: string): Promise<string[]> {
  const script = `prakat() { printf '%s\\0' "$@"; }; ${line}`;
  const { stdout } = await promisify(execFile)('bash', ['-c', script]);
  return stdout.split('\0').slice(0, -1);
}

const SAID = ["ประชุม 'ด่วน' ที่ศาลา\nสองทุ่ม", '--title', 'ประชุมหมู่บ้าน', '--chime', 'ding', '--times', '2'];

it('what got no answer is sent again by the line that is shown, and is one order', async () => {
  const { port } = thief.address() as AddressInfo;
  const lost = await push(`mqtt://127.0.0.1:${port}`, ['--to', '4301', '--text', ...SAID]);
  expect(lost.code).toBe(1);
  expect(lost.err).toContain('the connection to the broker was lost');
  const [id = ''] = /\b01[0-9A-Z]{24}\b/.exec(lost.err) ?? [];
  expect(lost.err).toContain(`What became of it: prakat watch ${id}`);
  await vi.waitFor(() => expect(hall.orderIds()).toContain(id));

  const [line = ''] = /^ {2}(prakat push (?:.|\n)*?)\nWhat became/m.exec(lost.err)?.slice(1) ?? [];
  const [, ...words] = await readByShell(line);
  const again = await push(town.server.brokerUrl, words);
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining(`order ${id} for 1 hall`) });

  const other = await push(town.server.brokerUrl, ['--to', '4301', '--order', id, '--text', 'เรื่องอื่น']);
  expect(other.err).toContain(`the id ${id} belongs to something else`);
  expect(new Set(hall.orderIds())).toEqual(new Set([id]));
});
