import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import type { PaperHall } from '../server/paper-hall.ts';
import { ADMIN_PASSWORD, BROKERS, Town } from '../server/town.ts';

/** The recipes of docs/operate.md, with the real clients of Debian's mosquitto-clients. */

const shell = promisify(execFile);
const REQUEST = 'prakat/v1/operator/admin/request/push';
const RESPONSE = 'prakat/v1/operator/admin/response/push';
const PUSH = '{"to":["4301"],"text":"น้ำท่วม โปรดระวัง","chime":"ding"}';

describe.each(BROKERS)('a push by hand at the %s broker', (kind) => {
  let town: Town;
  let hall: PaperHall;
  let login: string[];

  beforeAll(async () => {
    town = await Town.found(kind);
    hall = await town.hall('hall-mae', '43010101');
    await hall.guest?.subscribe(topicOf('areaOrder', { zone: '43', area: '4301' }));
    const { hostname, port } = new URL(town.server.brokerUrl);
    login = ['-h', hostname, '-p', port, '-u', 'admin', '-P', ADMIN_PASSWORD, '-q', '1'];
  });
  afterAll(() => town.close());

  it('mosquitto_pub is heard in the hall, on sign and tower', async () => {
    await shell('mosquitto_pub', [...login, '-t', REQUEST, '-m', PUSH]);
    await vi.waitFor(() =>
      expect(hall.heard('/order').at(-1)).toMatchObject({
        kind: 'announce',
        by: 'admin',
        to: ['4301'],
        announcement: {
          title: 'น้ำท่วม โปรดระวัง',
          tower: { chime: 'ding' },
          panel: { pages: [{ text: 'น้ำท่วม โปรดระวัง' }] },
        },
      }),
    );
  });

  it('mosquitto_sub -C 1 reads the answer', async () => {
    // With Mosquitto a name has one session, which the push takes over: -c keeps what comes meanwhile.
    const own = kind === 'external' ? ['-c', '-i', 'admin'] : [];
    const reading = ['mosquitto_sub', ...login, ...own, '-d', '-W', '10', '-t', RESPONSE, '-C', '1'];
    // Into a pipe it would keep what it reads to itself until it ends.
    const listening = execFile('stdbuf', ['-oL', ...reading]);
    let said = '';
    listening.stdout?.on('data', (text: string) => {
      said += text;
    });
    await vi.waitFor(() => expect(said).toContain('SUBACK'));
    const before = hall.orderIds().length;
    await shell('mosquitto_pub', [...login, ...own, '-t', REQUEST, '-m', PUSH]);
    const answer = await vi.waitFor(() => answerIn(said), { timeout: 8_000 });
    expect(answer).toMatchObject({ status: 'ok', data: { to: ['4301'], devices: 1 } });
    await vi.waitFor(() => expect(hall.orderIds().length).toBe(before + 1));
    expect(hall.orderIds()).toContain(answer.data.order);
  });

  it('mosquitto_rr asks and answers in one line', async () => {
    const ask = (message: string) =>
      shell('mosquitto_rr', [
        ...login,
        '-V',
        '311',
        '-W',
        '10',
        '-t',
        REQUEST,
        '-e',
        RESPONSE,
        '-m',
        message,
      ]);
    expect(JSON.parse((await ask(PUSH)).stdout)).toMatchObject({ status: 'ok', data: { devices: 1 } });
    const typo = await ask('{"to":["4301"],"text":"ก","chimes":"ding"}');
    expect(JSON.parse(typo.stdout)).toMatchObject({
      status: 'error',
      error: {
        faults: [
          { path: 'chimes', en: expect.stringContaining('"chime"'), th: expect.stringMatching(/[ก-๙]/) },
        ],
      },
    });
  });

  it('a wrong password is refused', async () => {
    const wrong = login.map((word) => (word === ADMIN_PASSWORD ? 'ผิดแน่นอน-สิบตัว' : word));
    await expect(shell('mosquitto_pub', [...wrong, '-t', REQUEST, '-m', PUSH])).rejects.toMatchObject({
      code: 5,
    });
  });
});

function answerIn(said: string) {
  const line = said.split('\n').find((each) => each.startsWith('{"status"'));
  expect(line).toBeDefined();
  return JSON.parse(line ?? '');
}
