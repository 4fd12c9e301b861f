import { type DeviceId, zoneOf } from '../../firmware-protocol/content/area.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { TopicName } from '../../firmware-protocol/mqtt/catalogue.ts';
import { DeviceState, Presence, TimeAsk } from '../../firmware-protocol/mqtt/messages.ts';
import { type ReadTopic, topicOf } from '../../firmware-protocol/mqtt/topics.ts';
import { isServerError } from '../errors.ts';
import type { Broker, BrokerMessage, Clock, Log, Signer } from '../ports.ts';
import type { Database, DeviceRecord, Speaker } from '../tables.ts';
import { GroupCommit } from './group-commit.ts';
import type { HallQuestions } from './hall-questions.ts';
import type { HealthLog } from './health-log.ts';
import type { LastSeen } from './last-seen.ts';
import { readMessage } from './read-message.ts';
import { ReceiptDesk } from './receipt-desk.ts';
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
  /** Devices came, or came back. */
  onOnline: (devices: readonly DeviceId[]) => Promise<void>;
  /** What is known of how devices fare has changed, or was said again; as they are stored now. */
  onStanding: (devices: readonly DeviceRecord[]) => Promise<void>;
}

/** Rows that come by the same inbox as births and wills, so that what is heard after a will was said after it. */
const IN_ORDER_WITH_PRESENCE: ReadonlySet<TopicName> = new Set(['state', 'report', 'deviceResponse']);

const SPEAKERS_TOGETHER = 500;
/** Births, wills and states in one go; a province comes back at once when its power or its broker does. */
const NEWS_TOGETHER = 500;

/** What a device said of itself. */
interface News {
  device: DeviceId;
  presence?: Presence;
  state?: DeviceState;
}

type Message = Pick<BrokerMessage, 'payload' | 'retained'>;

/** From a device; its topic was read once. */
export interface Letter<M = Message> {
  topic: ReadTopic;
  message: M;
}

type Handler = (device: Speaker, message: Message) => Promise<void>;

/** What devices send, each kind to its place. A message counts only on the topic of an enrolled device. */
export class DeviceMail {
  readonly #needs: Needs;
  readonly #handlers: Partial<Record<TopicName, Handler>>;

  /** A storm asks who speaks once for all that wait. */
  readonly #speakers: GroupCommit<string, Speaker | undefined>;
  readonly #news: GroupCommit<News, undefined>;
  readonly #receipts: ReceiptDesk;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.#receipts = new ReceiptDesk(needs.signer);
    this.#speakers = new GroupCommit({
      most: SPEAKERS_TOGETHER,
      store: async (ids) => {
        const speakers = await needs.db.devices.speakers(ids);
        return ids.map((id) => speakers.get(id));
      },
    });
    this.#news = new GroupCommit({ most: NEWS_TOGETHER, store: (news) => this.#store(news) });
    this.#handlers = {
      presence: (device, message) => this.#presence(device, message),
      state: (device, message) => this.#state(device, message),
      report: (device, { payload }) => this.#report(device, payload),
      deviceResponse: async (device, { payload }) => this.#needs.questions.heard(device.id, payload),
      timeAsk: (device, { payload }) => this.#time(device, payload),
    };
  }

  /** `message` as it came on the topic that was read. */
  async handle({ name, params }: ReadTopic, message: Message): Promise<void> {
    const device = await this.#speakers.put(params.device ?? '');
    if (device === undefined || params.zone !== zoneOf(device.village)) return;
    // What a broker kept says nothing about now.
    if (!message.retained) this.#needs.lastSeen.note(device.id);
    if (!message.retained && IN_ORDER_WITH_PRESENCE.has(name)) await this.#speaks(device);
    await this.#handlers[name]?.(device, message);
  }

  /** Measurements, one a minute of each hall: none of them is asked about, or stored, alone. */
  async measured(letters: readonly Letter[]): Promise<void> {
    const heard = letters.filter(({ message }) => isMeasurement(message));
    const at = this.#needs.clock.wall();
    for (const { topic } of heard) this.#needs.lastSeen.note(topic.params.device ?? '', at);
    const away = await this.#needs.health.take(
      heard.map(({ topic: { params }, message: { payload } }) => ({
        device: params.device ?? '',
        zone: params.zone ?? '',
        at,
        document: textOf(payload),
      })),
    );
    if (away.size === 0) return;
    const records = await this.#needs.db.devices.speakers([...away]);
    await Promise.all([...records.values()].map((device) => this.#speaks(device)));
  }

  /** Who speaks is there: the will of a connection that was lost may have come after the birth of the next one. */
  async #speaks(device: Speaker): Promise<void> {
    if (device.presence?.state !== 'offline') return;
    await this.#arrive(device, { ...device.presence, state: 'online' });
  }

  async #presence(device: Speaker, message: Message): Promise<void> {
    const presence = readMessage(Presence, message.payload);
    if (presence === undefined) return;
    // A birth is news, also of a box that lost count of its boots. The will of an earlier boot may come after it.
    const isNews = presence.state === 'online' && !message.retained;
    if (!isNews && presence.boot < (device.presence?.boot ?? 0)) return;
    await this.#arrive(device, presence);
  }

  async #arrive({ id }: Speaker, presence: Presence): Promise<void> {
    await this.#news.put({ device: id, presence });
  }

  /** Of a device that said two things at a time the later counts. */
  async #store(news: readonly News[]): Promise<undefined[]> {
    const { db, onStanding, onOnline } = this.#needs;
    const presences = new Map(news.flatMap(({ device, presence }) => (presence ? [[device, presence]] : [])));
    const states = new Map(news.flatMap(({ device, state }) => (state ? [[device, state]] : [])));
    await db.devices.presences(presences);
    await db.devices.states(states);
    const heard = await db.devices.many(news.map(({ device }) => device));
    await onStanding([...heard.values()]);
    const came = [...presences].flatMap(([device, { state }]) => (state === 'online' ? [device] : []));
    if (came.length > 0) await onOnline(came);
    return news.map(() => undefined);
  }

  async #state({ id }: Speaker, message: Message): Promise<void> {
    const state = readMessage(DeviceState, message.payload);
    if (state === undefined || (message.retained && (await this.#isOlder(id, state)))) return;
    await this.#news.put({ device: id, state });
  }

  /** Of an earlier boot than what is known. */
  async #isOlder(id: DeviceId, state: DeviceState): Promise<boolean> {
    const known = await this.#needs.db.devices.get(id);
    return state.boot < (known?.state?.boot ?? 0);
  }

  async #report(device: Speaker, payload: Uint8Array): Promise<void> {
    const stored = await this.#needs.ledger.take(device, payload);
    if (stored === undefined) return;
    const receipt = await this.#receipts.sign({ device: device.id, up_to: stored.n, hash: stored.hash });
    await this.#answer('receipt', device, receipt, 1);
  }

  async #time(device: Speaker, payload: Uint8Array): Promise<void> {
    const ask = readMessage(TimeAsk, payload);
    if (ask === undefined) return;
    const time = instantOf(this.#needs.clock.wall());
    const answer = await this.#needs.signer.sign({ device: device.id, nonce: ask.nonce, time });
    await this.#answer('timeAnswer', device, answer, 0);
  }

  async #answer(row: 'receipt' | 'timeAnswer', device: Speaker, document: object, qos: 0 | 1): Promise<void> {
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

/** What a broker kept says nothing about now; NUL is in no JSON, and PostgreSQL has none in its text. */
function isMeasurement({ retained, payload }: Message): boolean {
  return !retained && !payload.includes(0);
}

function textOf(payload: Uint8Array): string {
  if (Buffer.isBuffer(payload)) return payload.toString();
  return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString();
}
