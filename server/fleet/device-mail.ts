import { zoneOf } from '../../firmware-protocol/content/area.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { TopicName } from '../../firmware-protocol/mqtt/catalogue.ts';
import { DeviceState, Presence, TimeAsk } from '../../firmware-protocol/mqtt/messages.ts';
import { readTopic, topicOf } from '../../firmware-protocol/mqtt/topics.ts';
import { isServerError } from '../errors.ts';
import type { Broker, BrokerMessage, Clock, Log, Signer } from '../ports.ts';
import type { Database, DeviceRecord } from '../tables.ts';
import type { LastSeen } from './last-seen.ts';
import { readMessage } from './read-message.ts';
import type { ReportLedger } from './report-ledger.ts';

interface Needs {
  db: Database;
  signer: Signer;
  broker: Pick<Broker, 'publish'>;
  clock: Clock;
  log: Log;
  ledger: ReportLedger;
  lastSeen: LastSeen;
  /** A device came, or came back. */
  onOnline: (device: string) => Promise<void>;
}

type Handler = (device: DeviceRecord, payload: Uint8Array) => Promise<void>;

/** What devices send, each kind to its place. A message counts only on the topic of an enrolled device. */
export class DeviceMail {
  readonly #needs: Needs;
  readonly #handlers: Partial<Record<TopicName, Handler>>;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.#handlers = {
      presence: (device, payload) => this.#presence(device, payload),
      state: (device, payload) => this.#state(device, payload),
      report: (device, payload) => this.#report(device, payload),
      timeAsk: (device, payload) => this.#time(device, payload),
    };
  }

  async handle({ topic, payload, retained }: BrokerMessage): Promise<void> {
    const read = readTopic(topic);
    const device = await this.#needs.db.devices.get(read?.params.device ?? '');
    if (read === undefined || device === undefined || read.params.zone !== zoneOf(device.village)) return;
    // What a broker kept says nothing about now.
    if (!retained) this.#needs.lastSeen.note(device.id);
    await this.#handlers[read.name]?.(device, payload);
  }

  async #presence(device: DeviceRecord, payload: Uint8Array): Promise<void> {
    const presence = readMessage(Presence, payload);
    // The will of an earlier boot may come after the birth of this one.
    if (presence === undefined || presence.boot < (device.presence?.boot ?? 0)) return;
    await this.#needs.db.devices.presence(device.id, presence);
    if (presence.state === 'online') await this.#needs.onOnline(device.id);
  }

  async #state(device: DeviceRecord, payload: Uint8Array): Promise<void> {
    const state = readMessage(DeviceState, payload);
    if (state === undefined || state.boot < (device.state?.boot ?? 0)) return;
    await this.#needs.db.devices.state(device.id, state);
  }

  async #report(device: DeviceRecord, payload: Uint8Array): Promise<void> {
    const stored = await this.#needs.ledger.take(device, payload);
    if (stored === undefined) return;
    const receipt = await this.#needs.signer.sign({ device: device.id, up_to: stored.n, hash: stored.hash });
    await this.#answer('receipt', device, receipt, 1);
  }

  async #time(device: DeviceRecord, payload: Uint8Array): Promise<void> {
    const ask = readMessage(TimeAsk, payload);
    if (ask === undefined) return;
    const time = instantOf(this.#needs.clock.wall());
    const answer = await this.#needs.signer.sign({ device: device.id, nonce: ask.nonce, time });
    await this.#answer('timeAnswer', device, answer, 0);
  }

  async #answer(
    row: 'receipt' | 'timeAnswer',
    device: DeviceRecord,
    document: object,
    qos: 0 | 1,
  ): Promise<void> {
    const topic = topicOf(row, { zone: zoneOf(device.village), device: device.id });
    const payload = Buffer.from(JSON.stringify(document));
    try {
      await this.#needs.broker.publish({ topic, payload, qos, retained: false });
    } catch (error) {
      // It asks, or sends its reports, again.
      if (!isServerError(error, 'broker-down')) throw error;
      this.#needs.log.warn({ device: device.id, row }, 'the broker is away; an answer is lost');
    }
  }
}
