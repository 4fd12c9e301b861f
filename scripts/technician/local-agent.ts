import { request } from 'node:http';
import { join } from 'node:path';
import { CONTROL_SOCKET } from '../../firmware-protocol/local/control-socket.ts';
import {
  LOCAL_LIMITS,
  LOCAL_VERBS,
  type LocalAnswerOf,
  type LocalRequestOf,
  type LocalVerb,
} from '../../firmware-protocol/local/verbs.ts';
import { answerOf } from '../../firmware-protocol/mqtt/answer.ts';
import { Failed } from '../cli.ts';

const ANSWER_MS = {
  /** A test waits for what is on air, then for the amplifier, then for its own end. */
  test: 120_000,
  /** 2 GB from a slow stick onto a slow card. */
  stick: 1_800_000,
  /** A card that hangs is waited for as long as the agent itself does (20 s). */
  checks: 30_000,
  /** Everything else is known at once; the server is waited for 10 s. */
  other: 15_000,
} as const;
const SLOW_MS: Partial<Record<LocalVerb, number>> = { sideload: ANSWER_MS.stick, checks: ANSWER_MS.checks };
const TESTS: ReadonlySet<LocalVerb> = new Set(['test-tone', 'amplifier-test', 'sign-test', 'sign-lamps']);

/** The agent that runs on this box, through the socket in its data folder. */
export class LocalAgent {
  readonly #socket: string;
  readonly #answerMs: number;

  /** `data`: its folder; waits `answerMs` for what is known at once. */
  constructor(data: string, answerMs: number = ANSWER_MS.other) {
    this.#answerMs = answerMs;
    this.#socket = join(data, CONTROL_SOCKET);
  }

  /**
   * Rejects with Failed: `agent-away` = nobody listens, `agent-silent` = one listens and does not answer, `agent-forbidden` =
   * not for this user, `agent-version` = it answers otherwise, else what the agent said (`not-up` = it starts or ends).
   */
  async ask<V extends LocalVerb>(verb: V, body: LocalRequestInput<V>): Promise<LocalAnswerOf<V>> {
    const text = await this.#post(verb, JSON.stringify(body));
    const read = answerOf(LOCAL_VERBS[verb].answer).safeParse(jsonOf(text));
    if (!read.success)
      throw new Failed(
        { en: 'the agent answers in another version', th: 'โปรแกรมในกล่องเป็นคนละรุ่น' },
        { code: 'agent-version', cause: read.error },
      );
    if (read.data.status === 'error') {
      const { code, en, th, faults } = read.data.error;
      throw new Failed({ en, th }, { code, faults });
    }
    return read.data.data as LocalAnswerOf<V>;
  }

  /** Whether an agent listens; rejects with Failed `agent-forbidden`. */
  async isThere(): Promise<boolean> {
    try {
      await this.ask('state', {});
      return true;
    } catch (error) {
      if (error instanceof Failed && error.code !== 'agent-away') {
        if (error.code === 'agent-forbidden') throw error;
        return true;
      }
      return false;
    }
  }

  #post(verb: LocalVerb, body: string): Promise<string> {
    const timeout = TESTS.has(verb) ? ANSWER_MS.test : (SLOW_MS[verb] ?? this.#answerMs);
    return new Promise((resolve, reject) => {
      const asked = request(
        { socketPath: this.#socket, path: `/${verb}`, method: 'POST', timeout },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
            if (text.length > LOCAL_LIMITS.answerBytes) response.destroy();
          });
          response.once('end', () => resolve(text)).once('error', (error) => reject(unreachable(error)));
        },
      );
      asked.once('timeout', () => asked.destroy(new SilentError()));
      asked.once('error', (error) => reject(unreachable(error)));
      asked.end(body);
    });
  }
}

class SilentError extends Error {}

/** As it is written, before defaults. */
type LocalRequestInput<V extends LocalVerb> = Partial<LocalRequestOf<V>>;

function unreachable(cause: Error): Failed {
  if (cause instanceof SilentError)
    return new Failed(
      { en: 'the agent does not answer: it is stuck', th: 'โปรแกรมไม่ตอบ: ค้างอยู่' },
      { code: 'agent-silent', cause },
    );
  const code = 'code' in cause ? cause.code : undefined;
  if (code === 'EACCES')
    return new Failed(
      { en: 'the agent answers its owner only: use sudo', th: 'โปรแกรมตอบเฉพาะเจ้าของเท่านั้น ให้ใช้ sudo' },
      { code: 'agent-forbidden', cause },
    );
  return new Failed(
    { en: 'no agent runs on this box', th: 'ไม่มีโปรแกรมหอกระจายข่าวทำงานอยู่ในกล่องนี้' },
    { code: 'agent-away', cause },
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
