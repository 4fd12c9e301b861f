import { execFile } from 'node:child_process';
import { z } from 'zod';
import { PICTURE_UPLOAD_LIMITS, PictureInfo } from '../../../firmware-protocol/http/picture.ts';
import { ServerError } from '../../errors.ts';
import type { MadePicture, PictureMaker } from '../../ports.ts';

/** What the process says of an upload. */
export const PictureOutcome = z.union([
  z.object({ made: PictureInfo.pick({ width: true, height: true, frames: true, type: true }) }),
  z.object({ refused: z.enum(['upload-not-picture', 'upload-picture-too-large']) }),
]);
export type PictureOutcome = z.infer<typeof PictureOutcome>;

/** 50 megapixels take a laden Pi some 10 s; 240 frames longer. */
const DEADLINE_MS = 40_000;
const SAID_LIMIT_BYTES = 64 * 1024;

/** Each upload is decoded in a process of its own, which is killed at its deadline. */
export class ChildPictureMaker implements PictureMaker {
  readonly #childPath: () => string;
  readonly #deadlineMs: number;
  readonly #closing = new AbortController();

  /** `childPath`: the bundled picture-maker-child. */
  constructor(childPath: () => string, deadlineMs = DEADLINE_MS) {
    this.#childPath = childPath;
    this.#deadlineMs = deadlineMs;
  }

  async prepare(from: string, to: string): Promise<MadePicture> {
    const outcome = PictureOutcome.parse(JSON.parse(await this.#run([this.#childPath(), from, to])));
    if ('made' in outcome) return outcome.made;
    const { pixels } = PICTURE_UPLOAD_LIMITS;
    throw new ServerError(outcome.refused, { context: { megapixels: Math.round(pixels / 1_000_000) } });
  }

  async close(): Promise<void> {
    this.#closing.abort();
  }

  #run(args: string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      execFile(
        process.execPath,
        ['--max-old-space-size=64', ...args],
        {
          env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, MALLOC_ARENA_MAX: '2' },
          timeout: this.#deadlineMs,
          killSignal: 'SIGKILL',
          maxBuffer: SAID_LIMIT_BYTES,
          signal: this.#closing.signal,
        },
        (cause, stdout, stderr) => {
          if (cause === null) resolve(stdout);
          else if (cause.killed) reject(new ServerError('picture-hung', { cause }));
          else reject(failed(stderr, cause));
        },
      );
    });
  }
}

function failed(stderr: string, cause: Error): ServerError {
  const why = stderr.trim().split('\n').at(-1) || cause.message;
  return new ServerError('picture-failed', { context: { why: why.slice(0, 200) }, cause });
}
