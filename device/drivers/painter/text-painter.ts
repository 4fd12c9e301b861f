import type { ChildProcessByStdio } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import { DeviceError } from '../../errors.ts';
import type { PaintedScreen, PaintRequest, TextPainter } from '../../sign-ports.ts';
import { pipedChild } from '../sound/piped-child.ts';
import { AnswerReader, encodeJob, type PaintFailure } from './wire.ts';

export interface ChildPainterOptions {
  /** The bundled text-painter-child. */
  childPath: string;
  /** A painter without work for so long is let go. */
  idleMs?: number;
  /** Longest wait for one page, the start of the process included. */
  deadlineMs?: number;
}

/** A Pi with a slow card starts Node and the font engine in 2-4 s; a page is drawn in some ten milliseconds. */
const DEFAULTS = { idleMs: 3_000, deadlineMs: 15_000 } as const;
/** Painted pages kept, oldest use dropped first: some 100 screens of 128x64. */
const CACHE_BYTES = 2_500_000;
const QUEUE_LIMIT = 64;
/** Of what the painter says while it dies: a whole stack, for its first line is the one that tells. */
const STDERR_LIMIT_CHARS = 2_000;

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

interface Painter {
  child: Child;
  /** The one job under way. */
  settle?: { done(screens: PaintedScreen[]): void; failed(failure: PaintFailure, cause?: unknown): void };
  said: string;
}

/** Paints in a child process that is started with the first page and let go when nothing is to be painted. */
export class ChildTextPainter implements TextPainter {
  readonly #options: Required<ChildPainterOptions>;
  readonly #cache = new Map<string, PaintedScreen[]>();
  #cacheBytes = 0;
  #painter: Painter | undefined;
  #idle: NodeJS.Timeout | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #jobs = 0;

  constructor(options: ChildPainterOptions) {
    this.#options = { ...DEFAULTS, ...options };
  }

  async paint(request: PaintRequest): Promise<PaintedScreen[]> {
    const key = createHash('sha256').update(JSON.stringify(request)).digest('base64');
    const known = this.#cache.get(key);
    if (known !== undefined) {
      this.#cache.delete(key);
      this.#cache.set(key, known);
      return known;
    }
    const screens = await this.#queued(() => this.#ask(request));
    // A clock page is never asked for twice.
    if (request.content.type === 'page') this.#keep(key, screens);
    return screens;
  }

  /** Lets the painter go; a later page starts a new one. */
  close(): void {
    clearTimeout(this.#idle);
    this.#painter?.child.stdin.end();
    this.#painter = undefined;
  }

  /** Process id of the painter while there is one. */
  get pid(): number | undefined {
    return this.#painter?.child.pid;
  }

  #queued<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting >= QUEUE_LIMIT)
      return Promise.reject(new DeviceError('painter-failed', { reason: 'queue full', limit: QUEUE_LIMIT }));
    this.#waiting += 1;
    const turn = this.#turn.then(work).finally(() => {
      this.#waiting -= 1;
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  #ask(request: PaintRequest): Promise<PaintedScreen[]> {
    clearTimeout(this.#idle);
    const painter = this.#painter ?? this.#start();
    this.#painter = painter;
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => this.#drop(painter, 'deadline'), this.#options.deadlineMs);
      const answered = () => {
        clearTimeout(deadline);
        this.#idle = setTimeout(() => this.close(), this.#options.idleMs).unref();
      };
      painter.settle = {
        done: (screens) => {
          answered();
          resolve(screens);
        },
        failed: (failure, cause) => {
          answered();
          reject(errorOf(failure, painter.said, cause));
        },
      };
      painter.child.stdin.write(encodeJob({ id: ++this.#jobs, request }));
    });
  }

  #start(): Painter {
    const child = pipedChild(process.execPath, ['--max-old-space-size=64', this.#options.childPath], {
      // Two arenas: glibc keeps one of up to 64 MB for each thread of the font engine otherwise.
      env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, LANG: 'C.UTF-8', MALLOC_ARENA_MAX: '2' },
    });
    const painter: Painter = { child, said: '' };
    const answers = new AnswerReader();
    child.stdout.on('data', (chunk: Buffer) => this.#hear(painter, answers, chunk));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      painter.said = (painter.said + text).slice(-STDERR_LIMIT_CHARS);
    });
    // A pipe to a painter that died breaks; `close` tells of it.
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => this.#drop(painter, error.message, error));
    child.on('close', (code, signal) => this.#drop(painter, `ended with ${signal ?? code}`));
    return painter;
  }

  #hear(painter: Painter, answers: AnswerReader, chunk: Buffer): void {
    try {
      for (const { screens, error } of answers.push(chunk)) {
        const settle = painter.settle;
        delete painter.settle;
        if (error === undefined) settle?.done(screens);
        else settle?.failed(error);
      }
    } catch (error) {
      this.#drop(painter, `not an answer: ${error}`, error);
    }
  }

  #drop(painter: Painter, reason: string, cause?: unknown): void {
    if (this.#painter === painter) this.#painter = undefined;
    painter.child.kill('SIGKILL');
    const settle = painter.settle;
    delete painter.settle;
    settle?.failed({ why: reason }, cause);
  }

  #keep(key: string, screens: PaintedScreen[]): void {
    this.#cache.set(key, screens);
    this.#cacheBytes += bytesOf(screens);
    for (const [oldest, dropped] of this.#cache) {
      if (this.#cacheBytes <= CACHE_BYTES) break;
      this.#cache.delete(oldest);
      this.#cacheBytes -= bytesOf(dropped);
    }
  }
}

function bytesOf(screens: PaintedScreen[]): number {
  return screens.reduce(
    (sum, { bitmap, marquee }) => sum + bitmap.rgb.length + (marquee?.strip.rgb.length ?? 0),
    0,
  );
}

/** Where the page is at fault the painter says so with a code of its own. */
function errorOf({ code, ...why }: PaintFailure, said: string, cause: unknown): DeviceError {
  return code
    ? new DeviceError(code, why, cause)
    : new DeviceError('painter-failed', { reason: why.why, said }, cause);
}
