import { zoneOf } from '../../../firmware-protocol/content/area.ts';
import {
  FIRST_PREV,
  hashOf,
  type Report,
  type ReportEvent,
} from '../../../firmware-protocol/content/report.ts';
import { newKeyPair, signed, signingKey, verifies } from '../../../firmware-protocol/content/signature.ts';
import {
  EnrolmentAnswer,
  EnrolmentCode,
  fingerprintMatches,
  readCode,
} from '../../../firmware-protocol/http/enrolment.ts';
import { topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { Guest } from '../broker/mqtt-guest.ts';

/** A hall that does nothing but speak the protocol over real wires: it enrols, hears, and reports what a test tells it. */
export class PaperHall {
  readonly answer: EnrolmentAnswer;
  readonly #seed: string;
  readonly reports: Report[] = [];
  boot = 1;
  guest: Guest | undefined;

  private constructor(answer: EnrolmentAnswer, seed: string) {
    this.answer = answer;
    this.#seed = seed;
  }

  /** As a technician does it: the typed code against the server's HTTP address. */
  static async enrol(httpUrl: string, typed: string): Promise<PaperHall> {
    const { secret, fingerprint } = readCode(EnrolmentCode.parse(typed));
    const { publicKey, seed } = newKeyPair();
    const response = await fetch(`${httpUrl}/enrol`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ secret, public: publicKey }),
    });
    if (!response.ok) throw new Error(`enrol: ${response.status} ${await response.text()}`);
    const answer = EnrolmentAnswer.parse(await response.json());
    if (!fingerprintMatches(answer.keys.roots, fingerprint)) throw new Error('enrol: another server');
    return new PaperHall(answer, seed);
  }

  get topic() {
    return { zone: zoneOf(this.answer.village), device: this.answer.device };
  }

  /** Connects, subscribes, is born. */
  async connect(): Promise<Guest> {
    const { device, password, broker, village } = this.answer;
    const presence = topicOf('presence', this.topic);
    const will = {
      topic: presence,
      payload: Buffer.from(JSON.stringify({ state: 'offline', boot: this.boot })),
      qos: 1 as const,
      retain: true,
    };
    const guest = await Guest.enter(broker, { username: device, password, clientId: device, will });
    this.guest = guest;
    await guest.subscribe(
      topicOf('keys', {}),
      topicOf('areaOrder', { zone: this.topic.zone, area: village }),
      topicOf('areaOrder', { zone: this.topic.zone, area: this.topic.zone }),
      topicOf('deviceOrder', this.topic),
      topicOf('receipt', this.topic),
      topicOf('timeAnswer', this.topic),
    );
    await guest.publish(presence, JSON.stringify({ state: 'online', boot: this.boot }), { retain: true });
    return guest;
  }

  /** Adds reports to the chain; sends nothing. */
  did(...events: ReportEvent[]): void {
    for (const event of events) {
      const last = this.reports.at(-1);
      this.reports.push({
        n: (last?.n ?? 0) + 1,
        prev: last === undefined ? FIRST_PREV : hashOf(last),
        at: '2026-11-13T09:00:00.000+07:00',
        trust: 'server',
        boot: this.boot,
        event,
      });
    }
  }

  /** Sends reports from number `from` on, signed as this hall or as another. */
  async report(from = 1, seed = this.#seed): Promise<void> {
    const { device } = this.answer;
    const reports = this.reports.filter(({ n }) => n >= from);
    const batch = signed({ device, reports }, signingKey(device, seed));
    await this.guest?.publish(topicOf('report', this.topic), JSON.stringify(batch));
  }

  /** Documents heard on topics that end in `end`, each held to the server's key. */
  heard(end: string): Record<string, unknown>[] {
    const documents = (this.guest?.heard ?? [])
      .filter(({ topic }) => topic.endsWith(end))
      .map(({ text }) => JSON.parse(text));
    for (const document of documents) {
      const key = this.answer.keys.keys.find(({ id }) => id === document.signature.key);
      if (!verifies(document, document.signature, key?.public ?? '')) throw new Error('forged document');
    }
    return documents;
  }

  orderIds(): unknown[] {
    return this.heard('/order').map(({ id }) => id);
  }
}
