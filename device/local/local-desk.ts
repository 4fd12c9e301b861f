import { LOCAL_LIMITS, LOCAL_VERBS, type LocalVerb } from '../../firmware-protocol/local/verbs.ts';
import type { Answer, Fault } from '../../firmware-protocol/mqtt/answer.ts';
import { DEVICE_ERRORS, isDeviceError } from '../errors.ts';
import { isRefused, readJson } from '../keys/document.ts';
import type { Log } from '../ports.ts';
import { ALONE, LOCAL_HANDLERS, type LocalKit } from './local-verbs.ts';

const NAMES = Object.keys(LOCAL_VERBS) as LocalVerb[];

/** Answers who sits at the box. Every request is parsed, every error is an answer. */
export class LocalDesk {
  readonly #kit: LocalKit;
  readonly #log: Log;
  #testing: LocalVerb | undefined;

  constructor(kit: LocalKit, log: Log) {
    this.#kit = kit;
    this.#log = log;
  }

  /** `body` empty = a request without members. Never rejects. */
  async answer(name: string, body: Uint8Array): Promise<Answer> {
    const verb = NAMES.find((each) => each === name);
    if (verb === undefined)
      return failure(
        'unknown-request',
        `this agent answers ${NAMES.join(', ')}`,
        `ตอบได้เฉพาะ ${NAMES.join(', ')}`,
      );
    const read = readJson(body.length === 0 ? Buffer.from('{}') : body, LOCAL_LIMITS.requestBytes);
    if (isRefused(read))
      return failure(read.refused, `not a request: ${read.detail}`, `คำขอไม่ถูกต้อง: ${read.detail}`);
    const request = LOCAL_VERBS[verb].request.safeParse(read.raw);
    if (!request.success)
      return failure(
        'malformed',
        'the request does not fit',
        'คำขอไม่ถูกต้อง',
        request.error.issues.map(({ path, message }) => ({
          ...{ path: path.join('.'), code: 'malformed', en: message, th: message },
        })),
      );
    return await this.#run(verb, request.data);
  }

  async #run(verb: LocalVerb, request: unknown): Promise<Answer> {
    const hall = this.#kit.hall();
    if (hall === undefined)
      return failure('not-up', 'the agent is starting or ending', 'โปรแกรมกำลังเริ่มหรือกำลังหยุด');
    if (ALONE.has(verb)) {
      if (this.#testing !== undefined)
        return failure('busy', `${this.#testing} is under way`, `กำลังทำ ${this.#testing} อยู่`);
      this.#testing = verb;
    }
    try {
      const handle = LOCAL_HANDLERS[verb] as (...given: [typeof hall, unknown, LocalKit]) => Promise<unknown>;
      return { status: 'ok', data: await handle(hall, request, this.#kit) };
    } catch (error) {
      this.#log.warn({ error, verb }, 'a request at the box failed');
      if (!isDeviceError(error)) return failure('internal', String(error), String(error));
      return failure(error.code, DEVICE_ERRORS[error.code], DEVICE_ERRORS[error.code]);
    } finally {
      if (ALONE.has(verb)) this.#testing = undefined;
    }
  }
}

function failure(code: string, en: string, th: string, faults: Fault[] = []): Answer {
  return { status: 'error', error: { code, en, th, faults } };
}
