import { zoneOf } from '../../firmware-protocol/content/area.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { TopicName } from '../../firmware-protocol/mqtt/catalogue.ts';
import { DeviceState, Presence, TimeAsk } from '../../firmware-protocol/mqtt/messages.ts';
import { readTopic, topicOf } from '../../firmware-protocol/mqtt/topics.ts';
import { isServerError } from '../errors.ts';
import type { Broker, BrokerMessage, Clock, Log, Signer } from '../ports.ts';
import type { Database, DeviceRecord } from '../tables.ts';
import { GroupCommit } from './group-commit.ts';
import type { HallQuestions } from './hall-questions.ts';
import type { HealthLog } from './health-log.ts';
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
  health: HealthLog;
  lastSeen: LastSeen;
  questions: Pick<HallQuestions, 'heard'>;
  /** A device came, or came back. */
  onOnline: (device: string) => Promise<void>;
  /** What is known of how a device fares has changed, or was said again. */
  onStanding: (device: string) => Promise<void>;
}

/** Rows that come by the same inbox as births and wills, so that what is heard after a will was said after it. */
const IN_ORDER_WITH_PRESENCE: ReadonlySet<TopicName> = new Set(['state', 'report', 'deviceResponse']);

const RECORDS_TOGETHER = 500;

type Handler = (device: DeviceRecord, message: Pick<BrokerMessage, 'payload' | 'retained'>) => Promise<void>;

/** What devices send, each kind to its place. A message counts only on the topic of an enrolled device. */
export class DeviceMail {
  readonly #needs: Needs;
  readonly #handlers: Partial<Record<TopicName, Handler>>;

  /** A storm asks who speaks once for all that wait. */
  readonly #records: GroupCommit<string, DeviceRecord | undefined>;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.#records = new GroupCommit({
      most: RECORDS_TOGETHER,
      store: async (ids) => {
        const records = await needs.db.devices.many(ids);
        return ids.map((id) => records.get(id));
      },
    });
    this.#handlers = {
      presence: (device, message) => this.#presence(device, message),
      state: (device, message) => this.#state(device, message),
      report: (device, { payload }) => this.#report(device, payload),
      deviceResponse: async (device, { payload }) => this.#needs.questions.heard(device.id, payload),
      timeAsk: (device, { payload }) => this.#time(device, payload),
    };
  }

  async handle({ topic, payload, retained }: BrokerMessage): Promise<void> {
    const read = readTopic(topic);
    if (read?.name === 'health') return this.#health(read.params, payload, retained);
    const device = await this.#records.put(read?.params.device ?? '');
    if (read === undefined || device === undefined || read.params.zone !== zoneOf(device.village)) return;
    // What a broker kept says nothing about now.
    if (!retained) this.#needs.lastSeen.note(device.id);
    if (!retained && IN_ORDER_WITH_PRESENCE.has(read.name)) await this.#speaks(device);
    await this.#handlers[read.name]?.(device, { payload, retained });
  }

  /** One a minute of each hall: they go to the disk together, and nothing is asked of the database for one alone. */
  async #health(
    { device = '', zone = '' }: { device?: string; zone?: string },
    payload: Uint8Array,
    retained: boolean,
  ): Promise<void> {
    if (retained) return;
    this.#needs.lastSeen.note(device);
    const isAway = await this.#needs.health.take(device, zone, payload);
    const record = isAway ? await this.#needs.db.devices.get(device) : undefined;
    if (record !== undefined && zoneOf(record.village) === zone) await this.#speaks(record);
  }

  /** Who speaks is there: the will of a connection that was lost may have come after the birth of the next one. */
  async #speaks(device: DeviceRecord): Promise<void> {
    if (device.presence?.state !== 'offline') return;
    await this.#arrive(device, { ...device.presence, state: 'online' });
  }

  async #presence(device: DeviceRecord, message: { payload: Uint8Array; retained: boolean }): Promise<void> {
    const presence = readMessage(Presence, message.payload);
    if (presence === undefined) return;
    // A birth is news, also of a box that lost count of its boots. The will of an earlier boot may come after it.
    const isNews = presence.state === 'online' && !message.retained;
    if (!isNews && presence.boot < (device.presence?.boot ?? 0)) return;
    await this.#arrive(device, presence);
  }

  async #arrive(device: DeviceRecord, presence: Presence): Promise<void> {
    await this.#needs.db.devices.presence(device.id, presence);
    await this.#needs.onStanding(device.id);
    if (presence.state === 'online') await this.#needs.onOnline(device.id);
  }

  async #state(device: DeviceRecord, message: { payload: Uint8Array; retained: boolean }): Promise<void> {
    const state = readMessage(DeviceState, message.payload);
    const isOld = message.retained && (state?.boot ?? 0) < (device.state?.boot ?? 0);
    if (state === undefined || isOld) return;
    await this.#needs.db.devices.state(device.id, state);
    await this.#needs.onStanding(device.id);
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
