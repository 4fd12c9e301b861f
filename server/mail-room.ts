import { TOPICS } from '../firmware-protocol/mqtt/catalogue.ts';
import type { RequestName } from '../firmware-protocol/mqtt/requests.ts';
import { readTopic, topicOf } from '../firmware-protocol/mqtt/topics.ts';
import { isServerError } from './errors.ts';
import type { DeviceMail, Letter } from './fleet/device-mail.ts';
import { Inbox } from './inbox.ts';
import type { Broker, BrokerMessage, BrokerSession, Clock, Log, RequestHandler } from './ports.ts';

const MIB = 1024 * 1024;

/** Bounds of what may wait; devices send again what was dropped, people are told nothing and ask again. */
export const MAIL_LIMITS = {
  device: { items: 20_000, bytes: 64 * MIB, itemsOfOne: 200 },
  time: { items: 2_000, bytes: 2 * MIB, itemsOfOne: 5 },
  requests: { items: 500, bytes: 32 * MIB, itemsOfOne: 20 },
  /** A large upload's order and a quick stop are not to wait for each other. */
  requestsAtOnce: 8,
  /** Beside the others: what waits for a hall or a painter must not keep a stop waiting. */
  patient: { items: 200, bytes: 16 * MIB, itemsOfOne: 20 },
  patientAtOnce: 64,
  /** In one commit; while a database in another process writes one page, the next is read. */
  measurementsTogether: 1_000,
  pagesAtOnce: 2,
  /** Halls whose mail is under way at a time: while some is stored, other mail is read. A batch of reports holds some 15 KB meanwhile. */
  hallsAtOnce: 1_000,
  /** Between two tries while the database is away. */
  databaseAway_ms: 1_000,
} as const;

type DeviceLetter = Letter<BrokerMessage>;

const senderOf = ({ topic }: DeviceLetter): string => topic.params.device ?? '';
const isLetter = (item: DeviceLetter | 'up'): item is DeviceLetter => item !== 'up';

interface Request {
  user: string;
  what: string;
  payload: Uint8Array;
}

/** Requests that may be about lives: eight slow lists must not keep them waiting. */
const URGENT: ReadonlySet<string> = new Set<RequestName>([
  'push',
  'stop',
  'retry',
  'prove',
  'approvals',
  'approve',
  'refuse',
  'alert',
]);
/** Requests that wait for somebody else. */
const PATIENT: ReadonlySet<string> = new Set<RequestName>(['screen', 'preview']);

interface Needs {
  broker: Pick<Broker, 'publish'>;
  mail: Pick<DeviceMail, 'handle' | 'measured'>;
  requests: RequestHandler;
  /** The broker is there, perhaps empty. Before any message that it brings. */
  onUp: () => Promise<void>;
  clock: Pick<Clock, 'after'>;
  log: Log;
}

/** Sorts what the broker brings: nothing is done inside its callbacks. */
export class MailRoom implements BrokerSession {
  readonly #needs: Needs;
  readonly #device: Inbox<DeviceLetter | 'up'>;
  readonly #time: Inbox<DeviceLetter>;
  readonly #requests: Inbox<Request>;
  readonly #patient: Inbox<Request>;
  readonly #urgent: Inbox<Request>;
  readonly #pauses = new Set<() => void>();
  #closing = false;

  constructor(needs: Needs) {
    const { mail, onUp, log } = needs;
    this.#needs = needs;
    this.#device = new Inbox({
      name: 'devices',
      limit: MAIL_LIMITS.device,
      senderOf: (item) => (item === 'up' ? '' : senderOf(item)),
      bytesOf: (item) => (item === 'up' ? 0 : item.message.payload.length),
      // Births, wills and reports of a device are meant in their order.
      order: 'by-sender',
      atOnce: MAIL_LIMITS.hallsAtOnce,
      handle: (item) =>
        this.#whenStored(() => (item === 'up' ? onUp() : mail.handle(item.topic, item.message))),
      pages: {
        takes: (item) => item !== 'up' && item.topic.name === 'health',
        most: MAIL_LIMITS.measurementsTogether,
        atOnce: MAIL_LIMITS.pagesAtOnce,
        handle: (page) => this.#whenStored(() => mail.measured(page.filter(isLetter))),
      },
      log,
    });
    // Beside the others: what waits makes the answer wrong by as much.
    this.#time = new Inbox({
      name: 'time',
      limit: MAIL_LIMITS.time,
      senderOf,
      bytesOf: ({ message }) => message.payload.length,
      order: 'free',
      atOnce: 1,
      handle: ({ topic, message }) => mail.handle(topic, message),
      log,
    });
    const ofPeople = {
      senderOf: ({ user }: Request) => user,
      bytesOf: ({ payload }: Request) => payload.length,
      order: 'free' as const,
      handle: (request: Request) => this.#answer(request),
      log,
    };
    const { requests, requestsAtOnce, patient, patientAtOnce } = MAIL_LIMITS;
    this.#requests = new Inbox({ ...ofPeople, name: 'requests', limit: requests, atOnce: requestsAtOnce });
    this.#patient = new Inbox({ ...ofPeople, name: 'patient', limit: patient, atOnce: patientAtOnce });
    this.#urgent = new Inbox({ ...ofPeople, name: 'urgent', limit: requests, atOnce: requestsAtOnce });
  }

  readonly onMessage = (message: BrokerMessage): void => {
    const read = readTopic(message.topic);
    if (read?.name === 'operatorRequest') {
      // A retained request would be carried out again at each connection.
      if (message.retained) return;
      const { user = '', what = '' } = read.params;
      this.#inboxOf(what).put({ user, what, payload: message.payload });
      return;
    }
    // Mosquitto knows one size for all rows.
    if (read === undefined || message.payload.length > TOPICS[read.name].maxBytes) return;
    const letter = { topic: read, message };
    if (read.name === 'timeAsk') this.#time.put(letter);
    else this.#device.put(letter);
  };

  #inboxOf(what: string): Inbox<Request> {
    if (URGENT.has(what)) return this.#urgent;
    return PATIENT.has(what) ? this.#patient : this.#requests;
  }

  held(): ReturnType<Inbox<unknown>['held']>[] {
    return [this.#device, this.#time, this.#urgent, this.#requests, this.#patient].map((inbox) =>
      inbox.held(),
    );
  }

  readonly onUp = (): void => this.#device.insist('up');

  readonly onDown = (reason: string): void => this.#needs.log.warn({ reason }, 'the broker is gone');

  /** Takes nothing more; resolves when what was taken is done, or given up because the database is away. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const goOn of this.#pauses) goOn();
    await Promise.all(
      [this.#device, this.#time, this.#urgent, this.#requests, this.#patient].map((inbox) => inbox.close()),
    );
  }

  /** What cannot be stored now waits for the database, in its place; what has no room to wait comes again from the hall. */
  async #whenStored(handle: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await handle();
      } catch (error) {
        if (!isServerError(error, 'database-down') || this.#closing) throw error;
        if (this.#pauses.size === 0) this.#needs.log.warn({ error }, 'the database is away; mail waits');
        await this.#pause();
      }
    }
  }

  async #pause(): Promise<void> {
    await new Promise<void>((resolve) => {
      const goOn = () => {
        cancel();
        this.#pauses.delete(goOn);
        resolve();
      };
      const cancel = this.#needs.clock.after(MAIL_LIMITS.databaseAway_ms, goOn);
      this.#pauses.add(goOn);
    });
  }

  async #answer({ user, what, payload }: Request): Promise<void> {
    const answer = await this.#needs.requests(user, what, payload);
    const topic = topicOf('operatorResponse', { user, what });
    try {
      await this.#needs.broker.publish({
        topic,
        payload: Buffer.from(JSON.stringify(answer)),
        qos: 1,
        retained: false,
      });
    } catch (error) {
      if (!isServerError(error, 'broker-down')) throw error;
      this.#needs.log.warn({ user, what }, 'the broker is away; an answer is lost');
    }
  }
}
