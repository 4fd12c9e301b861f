import { z } from 'zod';
import { sha256Of } from '../../firmware-protocol/content/audit.ts';
import { type Answer, Transaction } from '../../firmware-protocol/mqtt/answer.ts';
import { TOPICS } from '../../firmware-protocol/mqtt/catalogue.ts';
import { type AnswerTo, REQUESTS, type RequestName } from '../../firmware-protocol/mqtt/requests.ts';
import { PROOF_LIMITS } from '../approvals/proofs.ts';
import type { AskedLine } from '../asker.ts';
import { isServerError, ServerError } from '../errors.ts';
import { readDocument } from '../faults/read-document.ts';
import { readJson } from '../faults/read-json.ts';
import { refuseUnwritable } from '../faults/unwritable.ts';
import { quoted } from '../faults/wording.ts';
import { hasRight, type Right } from '../operators/rights.ts';
import type { Log, OperatorIdentity, Operators } from '../ports.ts';
import type { Database } from '../tables.ts';
import type { RequestNeeds, RequestRow } from './request-row.ts';
import { REQUEST_ROWS } from './request-rows.ts';

type Needs = RequestNeeds & {
  operators: Pick<Operators, 'identity'>;
  log: Log;
  db: Pick<Database, 'reading'>;
};

const NAMES = Object.keys(REQUESTS);

/** The one gate for what operators ask, over MQTT and HTTP alike: parse, right, write down what changes things, do, answer. */
export class RequestGate {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** `handle` of ports' RequestHandler: never rejects; whatever happens is in the answer, in Thai and English. */
  readonly handle = async (user: string, what: string, payload: Uint8Array): Promise<Answer> => {
    const transaction = transactionIn(payload);
    const echo = transaction === undefined ? {} : { transaction };
    try {
      return withinSize({ status: 'ok', data: await this.#answer(user, what, payload), ...echo });
    } catch (error) {
      return { status: 'error', error: this.#known(error, user, what).failure(), ...echo };
    }
  };

  async #answer(user: string, what: string, payload: Uint8Array): Promise<unknown> {
    if (!isRequest(what))
      throw new ServerError('request-unknown', {
        context: { what: quoted(what).slice(1, -1), known: NAMES.join(', ') },
      });
    const limit = TOPICS.operatorRequest.maxBytes;
    if (payload.length > limit)
      throw new ServerError('request-too-large', { context: { bytes: payload.length, limit } });
    const asker = await this.#needs.operators.identity(user);
    if (asker === undefined) throw new ServerError('not-authenticated');
    return this.#do(what, asker, payload);
  }

  async #do<N extends RequestName>(
    what: N,
    asker: OperatorIdentity,
    payload: Uint8Array,
  ): Promise<AnswerTo<N>> {
    // `mosquitto_pub -n` sends nothing: the request without wishes.
    const document = payload.length === 0 ? {} : readJson(payload);
    const row: RequestRow<N> = REQUEST_ROWS[what];
    // A batch of reports is as its hall wrote it.
    refuseUnwritable(document, { keepsNul: what === 'import' });
    const request = readDocument(row.schema, document);
    const right = row.right(request);
    const answer = async (asked?: AskedLine) => {
      refuseWithout(right, asker);
      const proved = this.#proved(asker.user, document);
      return row.handle({ ...asker, proved, ...(asked && { asked }) }, request, this.#needs);
    };
    if (right === 'read') return row.pressing ? answer() : this.#needs.db.reading(() => answer());
    const fact = { who: asker.user, act: `request/${what}`, document: contentOf(request) };
    const { audit } = this.#needs;
    return row.urgent
      ? audit.recordedWith(fact, answer, namesIn)
      : audit.recorded(fact, () => answer(), namesIn);
  }

  /** Whether the password was given again for exactly this document. A proof that is not good is worse than none. */
  #proved(user: string, document: unknown): boolean {
    const { proof } = Proven.parse(document);
    if (proof === undefined) return false;
    if (this.#needs.proofs.use(proof, user, sha256Of(contentOf(Proven.parse(document))))) return true;
    throw new ServerError('step-up-wrong', { context: { seconds: PROOF_LIMITS.life_ms / 1_000 } });
  }

  #known(error: unknown, user: string, what: string): ServerError {
    if (isServerError(error)) return error;
    this.#needs.log.error({ error, user, what }, 'a request failed');
    return new ServerError('internal', { cause: error });
  }
}

function isRequest(what: string): what is RequestName {
  return Object.hasOwn(REQUESTS, what);
}

const Proven = z.looseObject({ proof: z.string().optional() });

/** What a request says, without what belongs to its sending. */
function contentOf(document: object): Record<string, unknown> {
  const { transaction: _itsOwn, proof: _usedUp, ...content } = document as Record<string, unknown>;
  return content;
}

/** What names the thing that was made or changed; an answer may also hold secrets, such as the code of a new box. */
const NAMES_IN_ANSWERS = ['order', 'devices', 'area', 'version', 'device', 'sha256'];

function namesIn(answer: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(answer).filter(([name]) => NAMES_IN_ANSWERS.includes(name)));
}

function refuseWithout(right: Right, asker: OperatorIdentity): void {
  if (!hasRight(asker, right))
    throw new ServerError('not-allowed', { context: { role: asker.roles.join(', ') } });
}

function withinSize(answer: Answer): Answer {
  const bytes = Buffer.byteLength(JSON.stringify(answer));
  const limit = TOPICS.operatorResponse.maxBytes;
  if (bytes > limit) throw new ServerError('answer-too-large', { context: { bytes, limit } });
  return answer;
}

/** Echoed even where the rest cannot be read: who waits for an answer must find it. */
function transactionIn(payload: Uint8Array): Transaction | undefined {
  const text = Buffer.from(payload.subarray(0, TOPICS.operatorRequest.maxBytes)).toString('utf8');
  const found = /"transaction"\s*:\s*("(?:[^"\\\n]|\\.){0,128}"|-?\d{1,16}(?![\d.eE]))/.exec(text)?.[1];
  if (found === undefined) return undefined;
  try {
    return Transaction.safeParse(JSON.parse(found)).data;
  } catch {
    return undefined;
  }
}
