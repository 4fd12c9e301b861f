import { isDeviceError } from '../errors.ts';
import type { Identity } from '../identity.ts';
import type { Log } from '../ports.ts';
import { type EnrolmentDoor, enrol } from './enrol.ts';
import type { EnrolmentFile } from './kept-question.ts';

interface Needs {
  file: EnrolmentFile;
  door: (server: string) => EnrolmentDoor;
  keep: (identity: Identity) => Promise<void>;
  /** The new identity is on the disk. */
  kept: () => Promise<void>;
  log: Log;
}

/** What the server will say again, whenever it is asked. */
const FINAL: ReadonlySet<unknown> = new Set([
  'code-wrong',
  'code-expired',
  'code-used',
  'code-of-another',
  'name-taken',
]);

/**
 * Whether somebody enrolled this box anew and never heard the answer: the line was cut, or the power, after the server had taken the
 * new password and before the box could keep it. Then the broker refuses the hall, and the question is asked once more.
 */
export class BegunAnew {
  readonly #needs: Needs;
  #asking = false;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** The broker refused the identity that this box has. Never rejects. */
  async refused(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    await this.#askAgain().catch((error: unknown) => this.#failed(error));
    this.#asking = false;
  }

  async #askAgain(): Promise<void> {
    const { file, door, keep, kept, log } = this.#needs;
    const question = await file.read();
    if (question === undefined) return;
    const identity = await enrol(question, door(question.server));
    await keep(identity);
    log.info({ device: identity.device }, 'the enrolment that was begun is finished');
    await kept();
  }

  async #failed(error: unknown): Promise<void> {
    this.#needs.log.warn({ error }, 'the enrolment that was begun could not be finished');
    if (isDeviceError(error, 'enrolment-failed') && FINAL.has(error.context.refusal))
      await this.#needs.file.drop().catch(() => {});
  }
}
