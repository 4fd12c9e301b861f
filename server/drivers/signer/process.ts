import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { PublicKey, Signature } from '../../../firmware-protocol/content/signature.ts';
import { ServerError } from '../../errors.ts';
import type { Clock, Log } from '../../ports.ts';
import type { KeyedSigner } from '../../signer/signer-port.ts';
import { type SignerAsk, SignerSays } from './wire.ts';

const SIGNER_TIMES = {
  /** A signature takes a millisecond; a start some hundred, on a small machine a second. */
  answer_ms: 10_000,
  /** Before it is started again, doubled each time without an answer in between. */
  again_ms: 100,
  longestAgain_ms: 5_000,
} as const;

type Asked = SignerAsk extends infer A ? (A extends SignerAsk ? Omit<A, 'id'> : never) : never;

interface Waiting {
  line: string;
  resolve: (says: SignerSays) => void;
  reject: (why: ServerError) => void;
  cancel: () => void;
}

interface Options {
  /** The bundled signer-child. */
  child: string;
  secrets: string;
  /** The signer's own log. */
  logFile: string;
  training?: boolean;
  clock: Pick<Clock, 'after'>;
  log: Log;
  /** SIGNER_TIMES unless a test says otherwise. */
  answer_ms?: number;
}

/**
 * The signer in a process of its own, over its pipes. When it dies it is started again, and what it had not answered is asked
 * again: signing the same document twice gives the same signature.
 */
export class SignerProcess implements KeyedSigner {
  readonly #options: Options;
  readonly #waiting = new Map<number, Waiting>();
  #child: ChildProcess | undefined;
  #trusted: readonly string[] | undefined;
  /** Lines that leave at the end of this turn. */
  #unsaid = '';
  #asked = 0;
  #failures = 0;
  #closing = false;
  #cancelStart: () => void = () => {};

  constructor(options: Options) {
    this.#options = options;
    this.#start();
  }

  async sign<T extends object>(document: T): Promise<T & { signature: Signature }> {
    // It signs what its line says, as the halls will read it: what JSON leaves out is not signed either.
    const { signature } = await this.#ask({ do: 'sign', document: document as Record<string, unknown> });
    if (signature === undefined) throw new ServerError('signer-away');
    return { ...document, signature };
  }

  async publics(): Promise<{ id: string; public: PublicKey }[]> {
    return (await this.#ask({ do: 'publics' })).publics ?? [];
  }

  async trust(ids: readonly string[]): Promise<void> {
    this.#trusted = ids;
    await this.#ask({ do: 'trust', ids: [...ids] });
  }

  /** Of the process that runs now; for tests that kill it. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#cancelStart();
    for (const { reject } of this.#waiting.values()) reject(new ServerError('signer-away'));
    this.#waiting.clear();
    const child = this.#child;
    if (child === undefined || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.stdin?.end();
    const cancel = this.#options.clock.after(2_000, () => child.kill('SIGKILL'));
    await gone;
    cancel();
  }

  #ask(ask: Asked): Promise<SignerSays> {
    if (this.#closing) return Promise.reject(new ServerError('signer-away'));
    const id = ++this.#asked;
    return new Promise<SignerSays>((resolve, reject) => {
      const cancel = this.#options.clock.after(this.#options.answer_ms ?? SIGNER_TIMES.answer_ms, () => {
        this.#waiting.delete(id);
        reject(new ServerError('signer-away'));
      });
      const waiting = { line: `${JSON.stringify({ id, ...ask })}\n`, resolve, reject, cancel };
      this.#waiting.set(id, waiting);
      this.#tell(waiting.line);
      if (isOrder(ask)) this.#say();
    }).then(refused);
  }

  /** All lines of one turn are one write: a storm of receipts is signed by the hundred. An order does not wait for the others. */
  #tell(line: string): void {
    if (this.#unsaid === '') setImmediate(() => this.#say());
    this.#unsaid += line;
  }

  #say(): void {
    if (this.#unsaid !== '') this.#child?.stdin?.write(this.#unsaid);
    this.#unsaid = '';
  }

  #start(): void {
    const { child: path, secrets, logFile, training, log } = this.#options;
    const kind = training ? 'training' : 'live';
    const env = { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: undefined };
    const args = ['--max-old-space-size=64', path, secrets, logFile, kind];
    const child: ChildProcess = spawn(process.execPath, args, { env });
    this.#child = child;
    child.on('error', (error) => {
      log.error({ error }, 'the signer could not be started');
      if (child.pid === undefined) this.#ended(child, null, null);
    });
    child.once('close', (code, signal) => this.#ended(child, code, signal));
    const { stdin, stdout, stderr } = child;
    // Out of descriptors (EMFILE) a child has no ends, and says so by `error`.
    if (!stdin || !stdout || !stderr) return;
    stdin.on('error', () => {});
    createInterface({ input: stdout }).on('line', (line) => this.#hear(line));
    createInterface({ input: stderr }).on('line', (line) => log.error({ line }, 'the signer complains'));
    if (this.#trusted !== undefined)
      stdin.write(`${JSON.stringify({ id: 0, do: 'trust', ids: this.#trusted })}\n`);
    this.#unsaid = [...this.#waiting.values()].map(({ line }) => line).join('');
    this.#say();
  }

  #hear(line: string): void {
    const says = SignerSays.parse(JSON.parse(line));
    this.#failures = 0;
    const waiting = this.#waiting.get(says.id);
    this.#waiting.delete(says.id);
    waiting?.cancel();
    waiting?.resolve(says);
  }

  /** Once for each child: one that could not be started tells it by `error`, and by `close` or not. */
  #ended(child: ChildProcess, code: number | null, signal: NodeJS.Signals | null): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    if (this.#closing) return;
    const { log, clock } = this.#options;
    const { again_ms, longestAgain_ms } = SIGNER_TIMES;
    const wait = Math.min(again_ms * 2 ** this.#failures++, longestAgain_ms);
    log.error({ code, signal, wait_ms: wait }, 'the signer ended; it is started again');
    this.#cancelStart = clock.after(wait, () => this.#start());
  }
}

function isOrder(ask: Asked): boolean {
  return ask.do === 'sign' && 'kind' in ask.document;
}

function refused(says: SignerSays): SignerSays {
  if (says.refused === undefined) return says;
  const { code, why } = says.refused;
  throw new ServerError(code === 'data-invalid' ? code : 'signer-refused', { context: { why, what: why } });
}
