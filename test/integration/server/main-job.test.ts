import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hashOf } from '../../../firmware-protocol/content/report.ts';
import { newKeyPair } from '../../../firmware-protocol/content/signature.ts';
import { topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import type { PaperHall } from './paper-hall.ts';
import { ADMIN_PASSWORD, BROKERS, Town } from './town.ts';

const shell = promisify(execFile);

describe.each(BROKERS)('the server with the %s broker', (kind) => {
  let town: Town;
  let mae: PaperHall;
  let pong: PaperHall;

  beforeAll(async () => {
    town = await Town.found(kind);
    mae = await town.hall('hall-mae', '43010101');
    pong = await town.hall('hall-pong', '43010102');
  });
  afterAll(() => town.close());

  it('an order pushed by hand with mosquitto_pub reaches the hall, and the hall answers', async () => {
    const { hostname, port } = new URL(town.server.brokerUrl);
    const heardBefore = mae.orderIds().length;
    const request = JSON.stringify({ to: ['43010101'], text: 'น้ำท่วม โปรดระวัง', chime: 'ding' });
    const topic = topicOf('operatorRequest', { user: 'admin', what: 'push' });
    const login = ['-h', hostname, '-p', port, '-u', 'admin', '-P', ADMIN_PASSWORD];
    await shell('mosquitto_pub', [...login, '-q', '1', '-t', topic, '-m', request]);
    await vi.waitFor(() => expect(mae.orderIds().length).toBeGreaterThan(heardBefore));
    const order = mae.heard('/order').at(-1);
    expect(order).toMatchObject({ kind: 'announce', by: 'admin', to: ['43010101'] });
    expect(pong.orderIds()).not.toContain(order?.id);
    // With Mosquitto a name has one session: the console's was taken over, and comes back.
    await town.logOn();
    expect(await town.deliveries(String(order?.id))).toEqual({ 'hall-mae': 'sent' });

    mae.did({ type: 'accepted', play: String(order?.id), kind: 'announce', outputs: ['tower', 'panel'] });
    await mae.report();
    await vi.waitFor(async () =>
      expect(await town.deliveries(String(order?.id))).toEqual({ 'hall-mae': 'accepted' }),
    );
  });

  it('reports are receipted, once and again, and stored once', async () => {
    mae.did({ type: 'booted', version: '1', clean: true }, { type: 'booted', version: '1', clean: true });
    const last = mae.reports.at(-1);
    const receipt = { device: 'hall-mae', up_to: last?.n, hash: last && hashOf(last) };
    const receipts = () => mae.heard('/receipt').filter(({ up_to }) => up_to === last?.n);
    await mae.report();
    await vi.waitFor(() => expect(receipts()).toEqual([expect.objectContaining(receipt)]));
    await mae.report();
    await mae.report(2);
    await vi.waitFor(() => expect(receipts().length).toBe(3));
    expect((await town.row('hall-mae'))?.reports_stored).toBe(last?.n);
    const { reports, stored } = await town.ask('reports', { device: 'hall-mae' });
    expect(stored).toBe(last?.n);
    expect(reports).toEqual(mae.reports);
  });

  it('a forged batch is neither stored nor receipted', async () => {
    const before = pong.heard('/receipt').length;
    pong.did({ type: 'booted', version: '1', clean: true });
    await pong.report(1, newKeyPair().seed);
    await pong.report();
    await vi.waitFor(() => expect(pong.heard('/receipt').length).toBe(before + 1));
    expect((await town.row('hall-pong'))?.reports_stored).toBe(1);
  });

  it('the time is told, signed, for one question', async () => {
    const nonce = 'a-nonce-of-this-question';
    const asked = Date.now();
    await mae.guest?.publish(topicOf('timeAsk', mae.topic), JSON.stringify({ nonce }), { qos: 0 });
    const answer = await vi.waitFor(() => {
      const [first] = mae.heard('/answer/time');
      expect(first).toMatchObject({ device: 'hall-mae', nonce });
      return first;
    });
    expect(Math.abs(Date.parse(String(answer?.time)) - asked)).toBeLessThan(5_000);
  });

  it('the will of an earlier boot does not put a hall offline that was born again (F18)', async () => {
    const presence = topicOf('presence', pong.topic);
    const say = (state: string, boot: number) =>
      pong.guest?.publish(presence, JSON.stringify({ state, boot }), { retain: true });
    await say('online', 7);
    await say('offline', 6);
    await pong.guest?.publish(topicOf('health', pong.topic), '{}');
    await vi.waitFor(async () =>
      expect((await town.row('hall-pong'))?.presence).toEqual({ state: 'online', boot: 7 }),
    );
    await say('offline', 7);
    await vi.waitFor(async () => expect((await town.row('hall-pong'))?.presence?.state).toBe('offline'));
  });

  it('keys wait for who comes', async () => {
    await vi.waitFor(() =>
      expect(mae.guest?.heard.filter(({ topic }) => topic.endsWith('/keys')).length).toBeGreaterThan(0),
    );
  });

  it.each([
    ['no JSON', 'push', '{"to":'],
    ['an unknown key', 'push', '{"to":["43"],"text":"ก","volume":11}'],
    ['an unknown area', 'push', '{"to":["9901"],"text":"ก"}'],
    ['a text of 100,000 characters', 'push', JSON.stringify({ to: ['43'], text: 'ก'.repeat(80_000) })],
    ['no such request', 'dance', '{}'],
  ])('%s is answered in Thai and English, and nothing happens', async (_what, what, payload) => {
    const answer = await town.answer(what, payload);
    expect(answer).toMatchObject({ status: 'error', error: { th: expect.stringMatching(/[ก-๙]/) } });
  });
});
