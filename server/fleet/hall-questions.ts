import { type AreaCode, type DeviceId, zoneOf } from '../../firmware-protocol/content/area.ts';
import type { Answer, Failure } from '../../firmware-protocol/mqtt/answer.ts';
import { TOPICS } from '../../firmware-protocol/mqtt/catalogue.ts';
import { topicOf } from '../../firmware-protocol/mqtt/topics.ts';
import { ServerError, type ServerErrorCode } from '../errors.ts';
import type { Broker, Clock, Random } from '../ports.ts';
import { readMessage } from './read-message.ts';

export const QUESTION_LIMITS = {
  /** On 4G a question and a picture take a second or two. Below the 15 s for which operators wait. */
  answer_ms: 12_000,
  /** Open at a time, of all halls. */
  open: 500,
} as const;

/** Bytes of a name that no hall guesses. */
const NONCE_BYTES = 16;

interface Open {
  device: DeviceId;
  /** Undefined = it is silent. */
  resolve: (answer: Answer | undefined) => void;
}

interface Needs {
  broker: Pick<Broker, 'publish'>;
  clock: Pick<Clock, 'after'>;
  random: Pick<Random, 'bytes'>;
}

/** Questions to halls: `request/<what>` out, `response/<what>` back, told apart by their transactions. */
export class HallQuestions {
  readonly #needs: Needs;
  readonly #open = new Map<string, Open>();
  #isClosed = false;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** The data of its answer, unread. Rejects `hall-silent`, what the hall refused it for, `broker-down`, `busy`. */
  async ask(hall: { device: DeviceId; village: AreaCode }, what: string, body: object): Promise<unknown> {
    if (this.#isClosed || this.#open.size >= QUESTION_LIMITS.open) throw new ServerError('busy');
    const { device, village } = hall;
    const transaction = Buffer.from(this.#needs.random.bytes(NONCE_BYTES)).toString('base64url');
    const answered = this.#answerTo(transaction, device);
    try {
      await this.#needs.broker.publish({
        topic: topicOf('deviceRequest', { zone: zoneOf(village), device, what }),
        payload: Buffer.from(JSON.stringify({ ...body, transaction })),
        qos: 1,
        retained: false,
      });
      const answer = await answered.answer;
      if (answer === undefined)
        throw new ServerError('hall-silent', { context: { seconds: QUESTION_LIMITS.answer_ms / 1_000 } });
      if (answer.status === 'error') throw refusedBy(answer.error);
      return answer.data;
    } finally {
      answered.end();
    }
  }

  /** A hall answered; what nobody asked of it is not read further. */
  heard(device: DeviceId, payload: Uint8Array): void {
    const answer = readMessage(TOPICS.deviceResponse.payload, payload);
    const open = answer && this.#open.get(String(answer.transaction));
    if (open?.device === device) open.resolve(answer);
  }

  /** Nobody waits for a hall any longer. */
  close(): void {
    this.#isClosed = true;
    for (const { resolve } of this.#open.values()) resolve(undefined);
  }

  #answerTo(transaction: string, device: DeviceId): { answer: Promise<Answer | undefined>; end: () => void } {
    let cancel = () => {};
    const answer = new Promise<Answer | undefined>((resolve) => {
      cancel = this.#needs.clock.after(QUESTION_LIMITS.answer_ms, () => resolve(undefined));
      this.#open.set(transaction, { device, resolve });
    });
    const end = () => {
      cancel();
      this.#open.delete(transaction);
    };
    return { answer, end };
  }
}

/** What halls refuse for, in the words of the server. */
const REFUSALS: Readonly<Record<string, ServerErrorCode>> = {
  'no-sign': 'hall-without-sign',
  'nothing-shown': 'sign-nothing-shown',
  'too-soon': 'hall-asked-lately',
  'unknown-request': 'hall-too-old',
};
const MOST_WORDS_CHARS = 300;

function refusedBy({ code, en, th }: Failure): ServerError {
  const known = Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined;
  if (known !== undefined) return new ServerError(known);
  const words = { why: en.slice(0, MOST_WORDS_CHARS), why_th: th.slice(0, MOST_WORDS_CHARS) };
  return new ServerError('hall-refused', { context: words });
}
