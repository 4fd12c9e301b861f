import type { Identity } from '../../device/identity.ts';
import type { BusMessage, Clock } from '../../device/ports.ts';
import { type AreaCode, zoneOf } from '../../firmware-protocol/content/area.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import { KEY_USES, type KeySet, type ScopedKey } from '../../firmware-protocol/content/key-set.ts';
import { Order, type PlayOrder } from '../../firmware-protocol/content/order.ts';
import {
  PROGRAMME_LIMITS,
  Programme,
  type ProgrammeEntry,
} from '../../firmware-protocol/content/programme.ts';
import { hashOf, type Report, ReportBatch } from '../../firmware-protocol/content/report.ts';
import {
  newKeyPair,
  publicKeyOf,
  type SigningKey,
  signatureOf,
  signed,
  signingKey,
  verifies,
} from '../../firmware-protocol/content/signature.ts';
import { TimeAsk } from '../../firmware-protocol/mqtt/messages.ts';
import { readTopic, topicOf } from '../../firmware-protocol/mqtt/topics.ts';

const RESEND_MS = 20_000;
/** As long as a hall takes it: nobody here renews it. */
const PROGRAMME_LIFE_MS = PROGRAMME_LIMITS.lifeMs;

/** An order before it has an id, times and a signature. */
export type OrderDraft = { kind: Order['kind'] } & Record<string, unknown>;

/** The broker as a server has it: everything that is published is heard. */
export interface ServerBroker {
  publish(message: BusMessage): void;
  server(hears: (topic: string, payload: Uint8Array) => void): void;
}

type ServerClock = Pick<Clock, 'wall' | 'after'>;

/** The least of a server that a device can live with: signs, sends until answered, stores reports once, tells the time. */
export class SimServer {
  readonly #time: ServerClock;
  readonly #broker: ServerBroker;
  readonly #root = freshKey('root-1');
  /** Signs everything but key sets; another one after a theft. */
  key = freshKey('server-1');
  keySet: KeySet;
  /** By device, in order of their numbers. */
  readonly reports = new Map<string, Report[]>();
  readonly orders = new Map<string, Order>();
  readonly programmes = new Map<AreaCode, Programme>();
  /** All versions: a hall that was away plays by the one it has. */
  readonly #everyProgramme = new Map<string, Programme>();
  /** What a thief signed with a key of ours. */
  readonly forged: Programme[] = [];
  /** What a server must never see: broken chains, forged batches. */
  readonly complaints: string[] = [];
  /** Batches of reports that came, again or for the first time. */
  batches = 0;
  /** Whether it tells the time and receipts reports. */
  answers = true;
  readonly #answered = new Set<string>();
  readonly #publicKeys = new Map<string, { public: string; village: AreaCode }>();
  #made = 0;

  constructor(time: ServerClock, broker: ServerBroker) {
    this.#time = time;
    this.#broker = broker;
    this.keySet = this.#signKeySet(1, [this.scoped(this.key)]);
    broker.server((topic, payload) => this.#hear(topic, payload));
  }

  /** A key as the key set lists it; the whole country and every use unless told otherwise. */
  scoped(key: SigningKey, scope: Partial<ScopedKey> = {}): ScopedKey {
    return {
      id: key.id,
      public: publicKeyOf(key),
      areas: ['th'],
      uses: [...KEY_USES],
      max_band: 90,
      not_before: '2026-01-01T00:00:00+07:00',
      not_after: '2036-01-01T00:00:00+07:00',
      ...scope,
    };
  }

  /** A device that was enrolled elsewhere: by whose key its reports are signed. */
  expect(device: string, village: AreaCode, publicKey: string): void {
    this.#publicKeys.set(device, { public: publicKey, village });
  }

  enrol(device: string, village: AreaCode): Identity {
    const { publicKey, seed } = newKeyPair();
    this.expect(device, village, publicKey);
    return {
      ...{ format: 1, device, village, seed, keys: this.keySet },
      ...{ password: 'x'.repeat(24), broker: 'mqtt://sim', media: 'http://sim/media' },
    };
  }

  trustKeys(keys: ScopedKey[]): void {
    this.keySet = this.#signKeySet(this.keySet.version + 1, keys);
    this.#publish(topicOf('keys', {}), this.keySet, true);
  }

  /** Signs an order that lives a quarter of an hour unless told otherwise. */
  make(
    draft: OrderDraft,
    { life_ms = 900_000, key = this.key }: { life_ms?: number; key?: SigningKey } = {},
  ): Order {
    const now = this.#time.wall();
    const document = {
      ...{ format: 1, id: this.#ulid(), by: 'somchai' },
      ...{ issued_at: instantOf(now), expires_at: instantOf(now + life_ms) },
      ...draft,
    };
    // What the schema fills in is part of the document, so it is signed as filled in.
    const order = Order.parse(signed(document, key));
    return { ...order, signature: signatureOf(order, key) };
  }

  /** Sends an order to an area, and again to each device until it answered or the order expired. */
  send(order: Order, area: AreaCode): Order {
    this.orders.set(order.id, order);
    this.#publish(topicOf('areaOrder', { zone: zoneOf(area), area }), order, false);
    for (const device of this.#publicKeys.keys()) this.#resendLater(order, device);
    return order;
  }

  push(draft: OrderDraft, area: AreaCode, options: { life_ms?: number } = {}): Order {
    return this.send(this.make({ to: [area], ...draft }, options), area);
  }

  programme(area: AreaCode, entries: ProgrammeEntry[], key = this.key): Programme {
    const version = (this.programmes.get(area)?.version ?? 0) + 1;
    const programme = this.#signProgramme(area, entries, version, key);
    this.programmes.set(area, programme);
    this.#everyProgramme.set(JSON.stringify([area, entries]), programme);
    this.show(programme);
    return programme;
  }

  /** A thief who has the server's key says what he likes, with the highest number there is. */
  forge(area: AreaCode, entries: ProgrammeEntry[]): Programme {
    const programme = this.#signProgramme(area, entries, Number.MAX_SAFE_INTEGER, this.key);
    this.forged.push(programme);
    this.show(programme);
    return programme;
  }

  /** The key is taken out: another has its place at once, what it signed is signed anew, and all else said again. */
  replaceKey(): void {
    const gone = this.key.id;
    this.key = freshKey(`server-${this.keySet.version + 1}`);
    this.trustKeys([...this.keySet.keys.filter(({ id }) => id !== gone), this.scoped(this.key)]);
    for (const programme of [...this.programmes.values()])
      if (programme.signature.key === gone) this.programme(programme.area, programme.entries);
      else this.show(programme);
  }

  /** A broker that forgot what it kept is told again. */
  showAll(): void {
    this.#publish(topicOf('keys', {}), this.keySet, true);
    for (const programme of this.programmes.values()) this.show(programme);
  }

  /** As the broker keeps it, whoever signed it and when. */
  show(programme: Programme): void {
    const { area } = programme;
    this.#publish(topicOf('areaProgramme', { zone: zoneOf(area), area }), programme, true);
  }

  #signProgramme(area: AreaCode, entries: ProgrammeEntry[], version: number, key: SigningKey): Programme {
    const now = this.#time.wall();
    const document = {
      ...{ format: 1, area, version, by: 'somchai', entries },
      ...{ issued_at: instantOf(now), valid_until: instantOf(now + PROGRAMME_LIFE_MS) },
    };
    const filled = Programme.parse(signed(document, key));
    return { ...filled, signature: signatureOf(filled, key) };
  }

  /** One for each different plan that there ever was. */
  get everyProgramme(): Programme[] {
    return [...this.#everyProgramme.values()];
  }

  events(device: string): Report['event'][] {
    return (this.reports.get(device) ?? []).map((report) => report.event);
  }

  playOrder(id: string): PlayOrder | undefined {
    const order = this.orders.get(id);
    return order !== undefined && 'announcement' in order ? order : undefined;
  }

  #publish(topic: string, document: object, retained: boolean): void {
    this.#broker.publish({ topic, payload: Buffer.from(JSON.stringify(document)), qos: 1, retained });
  }

  #resendLater(order: Order, device: string): void {
    this.#time.after(RESEND_MS, () => {
      const known = this.#publicKeys.get(device);
      if (this.#answered.has(`${device} ${order.id}`) || known === undefined) return;
      if (Date.parse(order.expires_at) < this.#time.wall()) return;
      this.#publish(topicOf('deviceOrder', { zone: zoneOf(known.village), device }), order, false);
      this.#resendLater(order, device);
    });
  }

  #hear(topic: string, payload: Uint8Array): void {
    const read = readTopic(topic);
    const device = read?.params.device ?? '';
    if (read?.name === 'report') this.#store(device, JSON.parse(Buffer.from(payload).toString('utf8')));
    if (read?.name === 'timeAsk' && this.answers) {
      const { nonce } = TimeAsk.parse(JSON.parse(Buffer.from(payload).toString('utf8')));
      this.#answer('timeAnswer', device, { device, nonce, time: instantOf(this.#time.wall()) });
    }
  }

  #store(device: string, raw: object): void {
    this.batches += 1;
    const batch = ReportBatch.parse(raw);
    const known = this.#publicKeys.get(device);
    if (known === undefined || !verifies(raw, batch.signature, known.public)) {
      this.complaints.push(`a batch of ${device} is not signed by it`);
      return;
    }
    const held = this.reports.get(device) ?? [];
    this.reports.set(device, held);
    const isNews = batch.reports.filter((report) => this.#storeOne(device, held, report)).length > 0;
    // Of a batch without news that is what is said: a hall that has dropped its last ones since knows no higher one.
    const last = isNews ? held.at(-1) : batch.reports.at(-1);
    if (this.answers && last !== undefined)
      this.#answer('receipt', device, { device, up_to: last.n, hash: hashOf(last) });
  }

  /** Whether it is news. Numbers that a batch left out come no more. */
  #storeOne(device: string, held: Report[], report: Report): boolean {
    const last = held.at(-1) ?? { n: 0, prev: '' };
    if (report.n <= last.n) {
      // Numbers may be left out, never more than there are: it is at its number or before.
      const same = held.slice(0, report.n).findLast(({ n }) => n === report.n);
      if (same === undefined) this.complaints.push(`${device}: report ${report.n} comes after ${last.n}`);
      else if (hashOf(same) !== hashOf(report))
        this.complaints.push(`${device} told report ${report.n} in two ways`);
      return false;
    }
    const isNext = report.n === last.n + 1;
    if (isNext && last.n > 0 && report.prev !== hashOf(last))
      this.complaints.push(`${device}: report ${report.n} does not follow ${last.n}`);
    held.push(report);
    const { event } = report;
    if (event.type === 'accepted') this.#answered.add(`${device} ${event.play}`);
    if (event.type === 'refused') this.#answered.add(`${device} ${event.what}`);
    return true;
  }

  #answer(name: 'receipt' | 'timeAnswer', device: string, document: object): void {
    const zone = zoneOf(this.#publicKeys.get(device)?.village ?? 'th');
    this.#publish(topicOf(name, { zone, device }), signed(document, this.key), false);
  }

  #signKeySet(version: number, keys: ScopedKey[]): KeySet {
    const roots = [{ id: this.#root.id, public: publicKeyOf(this.#root) }];
    const issued_at = instantOf(this.#time.wall());
    const document = { format: 1 as const, version, issued_at, threshold: 1, roots, keys };
    return { ...document, signatures: [signatureOf(document, this.#root)] };
  }

  #ulid(): string {
    this.#made += 1;
    return `01K${String(this.#made).padStart(23, '0')}`;
  }
}

export function freshKey(id: string): SigningKey {
  return signingKey(id, newKeyPair().seed);
}
