import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { KeySetDesk } from '../../../device/keys/key-set-desk.ts';
import { Keyring, refuseSignature } from '../../../device/keys/keyring.ts';
import { SpacedBus } from '../../../device/link/spaced-bus.ts';
import type { BusSession } from '../../../device/ports.ts';
import { LIVE, TRAINING } from '../../../firmware-protocol/mqtt/topic-space.ts';
import { topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { type RunningServer, serve } from '../../../server/app.ts';
import { configFrom } from '../../../server/config.ts';
import { HandClock } from '../../unit/server/hand-clock.ts';
import { announceTo, silent } from '../../unit/server/office.ts';
import { Guest } from '../broker/mqtt-guest.ts';
import { ADMIN_PASSWORD, ONE_PERSON } from './town.ts';

/** A live and a training server beside each other, with the same person's name and password at both. */
let folder: string;
let live: RunningServer;
let training: RunningServer;

async function found(name: string, isTraining: boolean): Promise<RunningServer> {
  const written = {
    data: name,
    broker: { kind: 'embedded', port: 0 },
    http: { port: 0 },
    log: 'silent',
    ...{ approvals: ONE_PERSON, signer: 'inside', training: isTraining },
  };
  const server = await serve({ config: configFrom(written, folder), log: silent });
  const { user = '', code = '' } = server.firstLogin ?? {};
  await server.services.operators.redeemCode({ user, code, password: ADMIN_PASSWORD, from: '' });
  return server;
}

const enter = (server: RunningServer) =>
  Guest.enter(server.brokerUrl, { username: 'admin', password: ADMIN_PASSWORD, clientId: 'console' });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-training-'));
  [live, training] = [await found('live', false), await found('training', true)];
});
afterAll(async () => {
  await Promise.all([live.stop(), training.stop()]);
  await rm(folder, { recursive: true, force: true });
});

describe('the training server', () => {
  it('hears and answers people in its own topics alone', async () => {
    const guest = await enter(training);
    const topic = topicOf('operatorRequest', { user: 'admin', what: 'devices' });
    const answers = topicOf('operatorResponse', { user: 'admin', what: 'devices' });
    await guest.subscribe(TRAINING.wire(answers), answers, 'prakat/#', '#');
    await guest.publish(TRAINING.wire(topic), '{}');
    await vi.waitFor(() => expect(guest.heard.map((each) => each.topic)).toEqual([TRAINING.wire(answers)]));
    await guest.leave();
    const stray = await enter(training);
    await stray.publish(topic, '{}');
    // The broker cuts off whoever writes where nobody may.
    await vi.waitFor(() => expect(stray.closed).toBe(true));
  });

  it('is not reached by training topics at a live broker', async () => {
    const stray = await enter(live);
    await stray.publish(TRAINING.wire(topicOf('operatorRequest', { user: 'admin', what: 'devices' })), '{}');
    await vi.waitFor(() => expect(stray.closed).toBe(true));
  });

  it('has keys that no live server has, and does not start on the folder of one; nor the other way round', async () => {
    const ids = (server: RunningServer) => {
      const { roots, keys } = server.services.keys();
      return [...roots, ...keys].map(({ id }) => id);
    };
    expect(ids(training).every((id) => id.startsWith('training-'))).toBe(true);
    expect(ids(live).some((id) => id.startsWith('training-'))).toBe(false);
    for (const [name, isTraining] of [
      ['live', true],
      ['training', false],
    ] as const)
      await expect(found(name, isTraining)).rejects.toMatchObject({ code: 'data-invalid' });
  });
});

describe('halls', () => {
  const order = () => announceTo(new HandClock(), ['43010101']);

  it('of the one do not believe the other', async () => {
    for (const [own, other] of [
      [live, training],
      [training, live],
    ] as const) {
      const foreign = await other.services.signer.sign(order());
      const trusted = own.services.keys();
      expect(refuseSignature(trusted, foreign, foreign.signature)).toMatchObject({ refused: 'unknown-key' });
      const familiar = await own.services.signer.sign(order());
      expect(refuseSignature(trusted, familiar, familiar.signature)).toBeUndefined();
    }
  });

  it('of the one do not follow the key set of the other', async () => {
    const refused: string[] = [];
    const keyring = new Keyring(live.services.keys());
    const desk = new KeySetDesk({
      keyring,
      refuse: ({ refused: why }) => refused.push(why),
      changed: async () => {},
      log: { info: () => {}, warn: () => {}, error: () => {} },
      ...({} as { store: never; journal: never }),
    });
    const set = { ...training.services.keys(), version: 9 };
    await desk.take({ payload: Buffer.from(JSON.stringify(set)) });
    expect(refused).toEqual(['too-few-signatures']);
    expect(keyring.version).toBe(1);
  });

  it.each([
    ['a training hall', TRAINING, LIVE],
    ['a live hall', LIVE, TRAINING],
  ])('%s is deaf to the topics of the other, and has no mouth for them', async (_what, own, other) => {
    const sent: string[] = [];
    const heard: string[] = [];
    let line: BusSession | undefined;
    const bus = new SpacedBus(
      {
        connect: async (session) => {
          line = session;
          sent.push(session.will.topic);
        },
        subscribe: async (filters) => void sent.push(...filters),
        publish: async ({ topic }) => void sent.push(topic),
        disconnect: async () => {},
      },
      own,
    );
    const message = (topic: string) => ({
      topic,
      payload: new Uint8Array(),
      qos: 1 as const,
      retained: false,
    });
    const presence = topicOf('presence', { zone: '43', device: 'hall-mae' });
    const orders = topicOf('areaOrder', { zone: '43', area: '43' });
    const onMessage = ({ topic }: { topic: string }) => heard.push(topic);
    await bus.connect({ will: message(presence), onMessage, onClosed: () => {} });
    await bus.subscribe([orders]);
    await bus.publish(message(presence));
    expect(sent).toEqual([own.wire(presence), own.wire(orders), own.wire(presence)]);
    for (const space of [own, other]) line?.onMessage(message(space.wire(orders)));
    expect(heard).toEqual([orders]);
  });
});
