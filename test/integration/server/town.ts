import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import type { Answer } from '../../../firmware-protocol/mqtt/answer.ts';
import type { AnswerTo, RequestName, RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';
import { filterOf, topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { type RunningServer, serve } from '../../../server/app.ts';
import { configFrom } from '../../../server/config.ts';
import { silent } from '../../unit/server/office.ts';
import { freePort, MosquittoProcess } from '../broker/mosquitto-process.ts';
import { Guest } from '../broker/mqtt-guest.ts';
import { PaperHall } from './paper-hall.ts';

export const ADMIN_PASSWORD = 'หอกระจายข่าวดังทั้งหมู่บ้าน';
/** The town's administrator is its only person, and tests run at any hour. */
export const ONE_PERSON = { alone: ['th'], step_up: false };
export type BrokerKind = 'embedded' | 'external';
export const BROKERS: BrokerKind[] = ['embedded', 'external'];

/** The server's longest wait between two tries to reach its broker is 5 s. */
const WITHIN = { timeout: 12_000 };

/** A whole server on real wires, with its administrator at the broker. */
export class Town {
  readonly folder: string;
  readonly mosquitto: MosquittoProcess | undefined;
  readonly #config: ReturnType<typeof configFrom>;
  server: RunningServer;
  #admin: Guest | undefined;
  #asked = 0;

  private constructor(
    folder: string,
    config: ReturnType<typeof configFrom>,
    server: RunningServer,
    mosquitto: MosquittoProcess | undefined,
  ) {
    this.folder = folder;
    this.#config = config;
    this.server = server;
    this.mosquitto = mosquitto;
  }

  static async found(
    kind: BrokerKind,
    { mosquitto: ownLines = '', ...more }: { database?: object; data?: string; mosquitto?: string } = {},
  ): Promise<Town> {
    const folder = await mkdtemp(join(tmpdir(), 'prakat-town-'));
    const port = await freePort();
    const host = '127.0.0.1';
    const mosquittoFolder = join(folder, 'mosquitto');
    const broker =
      kind === 'embedded'
        ? { kind, host, port }
        : { kind, url: `mqtt://${host}:${port}`, folder: mosquittoFolder, listen: { host, port } };
    const config = configFrom(
      {
        data: 'data',
        broker,
        http: { host, port: 0 },
        approvals: ONE_PERSON,
        signer: 'inside',
        log: 'silent',
        ...more,
      },
      folder,
    );
    const server = await serve({ config, log: silent });
    const mosquitto = kind === 'external' ? new MosquittoProcess(mosquittoFolder, ownLines) : undefined;
    await mosquitto?.start();
    const town = new Town(folder, config, server, mosquitto);
    await town.#chooseFirstPassword();
    await town.logOn();
    return town;
  }

  /** The administrator at the broker; again after a broker or the server was away. */
  async logOn(): Promise<void> {
    const { brokerUrl } = this.server;
    const credentials = { username: 'admin', password: ADMIN_PASSWORD, clientId: 'console' };
    const admin = await vi.waitFor(() => Guest.enter(brokerUrl, credentials), WITHIN);
    await admin.subscribe(filterOf('operatorResponse', { user: 'admin' }));
    this.#admin = admin;
    // A request counts from when the server is back at its broker.
    await vi.waitFor(() => this.answer('devices', '{}', undefined, { timeout: 1_000 }), WITHIN);
  }

  async #chooseFirstPassword(): Promise<void> {
    const { firstLogin, httpUrl } = this.server;
    const response = await fetch(`${httpUrl}/first-login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: firstLogin?.user, code: firstLogin?.code, password: ADMIN_PASSWORD }),
    });
    expect(response.status).toBe(204);
  }

  /** Asks as the administrator, over MQTT. */
  async ask<N extends RequestName>(what: N, request: RequestOf<N>): Promise<AnswerTo<N>> {
    const answer = await this.answer(
      what,
      JSON.stringify({ ...request, transaction: ++this.#asked }),
      this.#asked,
    );
    if (answer.status === 'error') throw new Error(JSON.stringify(answer.error));
    return answer.data as AnswerTo<N>;
  }

  async answer(what: string, payload: string, transaction?: number, within = WITHIN): Promise<Answer> {
    const admin = this.#admin;
    if (admin === undefined) throw new Error('nobody is logged on');
    const before = admin.heard.length;
    await admin.publish(topicOf('operatorRequest', { user: 'admin', what }), payload);
    return vi.waitFor(() => {
      const answers: Answer[] = admin.heard
        .slice(before)
        .filter(({ topic }) => topic.endsWith(`/response/${what}`))
        .map(({ text }) => JSON.parse(text));
      const mine = answers.find((each) => transaction === undefined || each.transaction === transaction);
      if (mine === undefined) throw new Error(`no answer to ${what}`);
      return mine;
    }, within);
  }

  /** An enrolled hall that is connected. */
  async hall(device: string, village: string): Promise<PaperHall> {
    const { code } = await this.ask('enrol', { device, village, name: `หอ ${device}` });
    const hall = await PaperHall.enrol(this.server.httpUrl, code);
    // Mosquitto learns a new name a moment later.
    await vi.waitFor(() => hall.connect(), WITHIN);
    await vi.waitFor(async () => expect((await this.row(device))?.presence?.state).toBe('online'));
    return hall;
  }

  async row(device: string) {
    return (await this.ask('devices', {})).devices.find((each) => each.device === device);
  }

  async deliveries(order: string): Promise<Record<string, string>> {
    const { deliveries } = await this.ask('order', { order });
    return Object.fromEntries(deliveries.map(({ device, state }) => [device, state]));
  }

  async restartServer(): Promise<void> {
    await this.server.stop();
    this.server = await serve({ config: this.#config, log: silent });
  }

  async close(): Promise<void> {
    await this.#admin?.leave();
    await this.server.stop();
    await this.mosquitto?.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}
