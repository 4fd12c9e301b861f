import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { seeded } from '../../../scripts/virtual-board/seeded.ts';
import type { BrokerMessage } from '../../../server/ports.ts';
import { type BrokerUnderTest, PASSWORDS } from './broker-suite.ts';
import { Guest } from './mqtt-guest.ts';
import { connectPacket, publishPacket, RawClient, subscribePacket } from './raw-client.ts';

const mae = { zone: '43', device: 'hall-mae' };
const pong = { zone: '43', device: 'hall-pong' };
/** [MQTT-1.5.3-1], [MQTT-1.5.3-2]. */
const NO_UTF8 = Buffer.concat([Buffer.from('prakat/v1/'), Buffer.from([0xc3, 0x28, 0xff])]);
const SURROGATE = Buffer.concat([Buffer.from('prakat/v1/'), Buffer.from([0xed, 0xa0, 0x80])]);
const FUZZ = { seed: Number(process.env.PRAKAT_SEED ?? 30), clients: 400, atOnce: 20 } as const;
const passwordOf = (user: string) => PASSWORDS[user] ?? '';

/** F30: bytes that no client sends are the trouble of who sends them. Run by each driver on the real thing. */
export function noiseSuite(name: string, open: () => Promise<BrokerUnderTest>): void {
  describe(`${name}, and bytes that no client sends`, () => {
    let under: BrokerUnderTest;
    let bystander: Guest;
    const received: BrokerMessage[] = [];
    const heard = (topic: string, text: string) =>
      received.some((each) => each.topic === topic && Buffer.from(each.payload).toString() === text);
    const enter = (user: string) =>
      Guest.enter(under.url, { username: user, password: passwordOf(user), clientId: user });
    let said = 0;
    /** Who was there before is there, and is heard. */
    const isStillServed = () =>
      vi.waitFor(
        async () => {
          expect(bystander.closed).toBe(false);
          const text = `still here ${++said}`;
          await bystander.publish(topicOf('report', mae), text);
          await vi.waitFor(() => expect(heard(topicOf('report', mae), text)).toBe(true));
        },
        { timeout: 10_000 },
      );

    beforeAll(async () => {
      under = await open();
      await under.start({ onMessage: (message) => received.push(message), onUp: () => {}, onDown: () => {} });
      bystander = await vi.waitFor(() => enter('hall-mae'), { timeout: 10_000 });
      await bystander.subscribe(topicOf('deviceOrder', mae));
      // The server subscribes a moment after the broker is up.
      await isStillServed();
    });
    beforeEach(() => {
      received.splice(0);
      bystander.heard.splice(0);
    });
    afterAll(async () => {
      await bystander.leave();
      await under.stop();
    });

    it.each([
      ['no UTF-8 in the topic of a message', publishPacket(NO_UTF8, 'x')],
      ['half a pair in the topic of a message', publishPacket(SURROGATE, 'x')],
      ['a zero in the topic of a message', publishPacket('prakat/v1/a\0b', 'x')],
      ['no UTF-8 in a filter', subscribePacket(NO_UTF8)],
      ['a filter of ten thousand levels', subscribePacket('+/'.repeat(10_000))],
      ['a length that is none', Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0xff])],
      ['a packet of an unknown kind', Buffer.from([0xf0, 0x00])],
    ])('%s', async (_what, bad) => {
      const raw = await RawClient.open(under.url);
      raw.send(connectPacket({ user: 'hall-pong', password: passwordOf('hall-pong') }), bad);
      // What is behind it is read, or the line is cut: either way the broker is done with it.
      raw.send(publishPacket(topicOf('health', pong), '{}'));
      await vi.waitFor(() => expect(raw.closed || heard(topicOf('health', pong), '{}')).toBe(true));
      await isStillServed();
      raw.close();
    });

    it(`${FUZZ.clients} clients that speak nonsense (seed ${FUZZ.seed})`, async () => {
      const random = seeded(FUZZ.seed);
      const login = connectPacket({ user: 'hall-pong', password: passwordOf('hall-pong') });
      const right = [
        publishPacket(topicOf('report', pong), 'x'.repeat(200)),
        subscribePacket(topicOf('deviceOrder', pong)),
        publishPacket(topicOf('areaOrder', { zone: '43', area: '43010101' }), '{}'),
        publishPacket(topicOf('deviceOrder', mae), 'forged'),
      ];
      for (let n = 0; n < FUZZ.clients; n += FUZZ.atOnce) {
        const raws = await Promise.all(Array.from({ length: FUZZ.atOnce }, () => RawClient.open(under.url)));
        for (const raw of raws)
          raw.send(mangled(random() < 0.8 ? [login, ...right] : [...right, login], random));
        await isStillServed();
        for (const raw of raws) raw.close();
      }
      const order = { topic: topicOf('deviceOrder', mae), payload: Buffer.from('a real one') };
      await under.broker.publish({ ...order, qos: 1, retained: false });
      await vi.waitFor(() => expect(bystander.texts()).toEqual(['a real one']));
      const pongAgain = await enter('hall-pong');
      expect(pongAgain.closed).toBe(false);
      await pongAgain.leave();
    });
  });
}

/** Packets with bytes changed, cut out or doubled. */
function mangled(packets: Uint8Array[], random: () => number): Buffer {
  let bytes = Buffer.concat(packets);
  for (let wounds = 1 + Math.floor(random() * 4); wounds > 0; wounds--) {
    const at = Math.floor(random() * bytes.length);
    const kind = random();
    if (kind < 0.6) bytes[at] = Math.floor(random() * 256);
    else {
      const goOnAt = kind < 0.8 ? at + Math.floor(random() * 20) : Math.max(0, at - 50);
      bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(goOnAt)]);
    }
  }
  return bytes;
}
