import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { madeAtMs } from '../../../firmware-protocol/content/ulid.ts';
import { terminalCli } from '../../../scripts/cli/terminal.ts';
import { Failed } from '../../../scripts/cli.ts';
import type { OperatorClient } from '../../../scripts/operator/client.ts';
import { pushNamed } from '../../../scripts/operator/named-push.ts';

const cli = terminalCli({ json: false, lang: 'th' });
const WANTED = { to: ['4301'], text: 'น้ำท่วม', media: ['a'.repeat(64)] };
const TRUE_TIME = Date.parse('2026-11-13T18:30:00Z');

let server: Server;
let asked: Record<string, unknown>[];
beforeEach(async () => {
  asked = [];
  server = createServer((_request, response) => {
    response.setHeader('date', new Date(TRUE_TIME).toUTCString()).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  vi.restoreAllMocks();
  server.close();
});

/** Pushes to a server that does this with each request. */
function push(answer: (draft: Record<string, unknown>) => object, wanted: object = WANTED) {
  const ask = async (_what: string, draft: Record<string, unknown>) => {
    asked.push(draft);
    return answer(draft);
  };
  const { port } = server.address() as AddressInfo;
  const profile = { server: `http://127.0.0.1:${port}`, broker: 'mqtt://x', user: 'x', password: 'x' };
  return pushNamed({ ask } as unknown as OperatorClient, profile, { ...WANTED, ...wanted }, 'น้ำ.png', cli);
}

const sent = ({ order }: Record<string, unknown>) => ({ order, to: ['43'], devices: 1 });
const fail = (error: Failed) => () => {
  throw error;
};

it('a push has an id of this moment before it is asked', async () => {
  const { order } = await push(sent);
  expect(asked).toMatchObject([{ ...WANTED, order }]);
  expect(Math.abs(madeAtMs(order) - Date.now())).toBeLessThan(60_000);
});

it.each(['no-answer', 'connection-lost', 'database-down', 'not-understood', 'internal'])(
  'where %s leaves it open, the id and the same command line are told, in Thai and for programs',
  async (code) => {
    const failed = await push(fail(new Failed('x', { code }))).catch((error: unknown) => error);
    const [{ order } = { order: '' }] = asked;
    expect(failed).toMatchObject({ code, document: { order } });
    const { words } = failed as Failed;
    const line = `  prakat push --order ${order} --to 4301 --text 'น้ำท่วม' --media ${'a'.repeat(64)} --picture 'น้ำ.png'\n`;
    expect(words.th).toContain(`ส่งซ้ำด้วยรหัสเดิมได้ จะประกาศเพียงครั้งเดียว:\n${line}`);
    expect(words.en).toContain(`it is announced once:\n${line}`);
  },
);

it('what the server refused was not sent: nothing is said of sending it again', async () => {
  const failed = await push(fail(new Failed('x', { code: 'unknown-area' }))).catch((error: unknown) => error);
  expect(failed).toMatchObject({ words: { en: 'x' }, document: {} });
});

it('an id that was given stays, whatever the clock says', async () => {
  const order = '01JCKZ5V00000000000000000A';
  const refused = new Failed('x', { code: 'order-id-time' });
  await expect(push(fail(refused), { order })).rejects.toBe(refused);
  expect(asked).toMatchObject([{ order }]);
});

it('with a wrong clock the id is made of the time of the server', async () => {
  vi.spyOn(Date, 'now').mockReturnValue(0);
  const isOfNow = ({ order }: Record<string, unknown>) => madeAtMs(String(order)) === TRUE_TIME;
  const { order } = await push((draft) =>
    isOfNow(draft) ? sent(draft) : fail(new Failed('x', { code: 'order-id-time' }))(),
  );
  expect(madeAtMs(order)).toBe(TRUE_TIME);
  expect(asked).toHaveLength(2);
});

it('who ends it before the answer is told the id too', async () => {
  const pending = push(() => {
    setImmediate(() => process.emit('SIGINT'));
    return new Promise(() => {});
  }).catch((error: unknown) => error);
  expect(await pending).toMatchObject({ code: 'interrupted', document: { order: asked[0]?.order } });
});
