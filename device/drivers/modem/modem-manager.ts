import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { MobileSignal } from '../../health/checks/machine.ts';

const run = promisify(execFile);

const MODEM = {
  /** ModemManager asks the modem itself, which may be busy. */
  answer_ms: 6_000,
  /** A signal that is bad for five minutes is early enough to know, and a program less is started. */
  every_ms: 300_000,
  /** Where there is no ModemManager it is looked for so often: somebody may install it. */
  missing_ms: 3_600_000,
} as const;

const Modem = z.object({
  modem: z.object({
    generic: z.object({
      state: z.string().max(64).optional(),
      'signal-quality': z.object({ value: z.coerce.number().min(0).max(100) }),
      'access-technologies': z.array(z.string().max(64)).default([]),
    }),
  }),
});

/** What `mmcli -m any -J` prints; rejects where there is no ModemManager, or no modem. */
async function askModemManager(): Promise<string> {
  return (await run('mmcli', ['-m', 'any', '-J'], { timeout: MODEM.answer_ms })).stdout;
}

/** The mobile modem as ModemManager knows it, or its own port, asked now and then. */
export class ModemSignal {
  readonly #ask: () => Promise<string>;
  readonly #askPort: (() => Promise<MobileSignal | undefined>) | undefined;
  #last: MobileSignal | undefined;
  #nextAt = Number.NEGATIVE_INFINITY;

  /** @param askPort in its place, where it does not know the modem: it would hold the port itself. */
  constructor(
    ask: () => Promise<string> = askModemManager,
    askPort?: () => Promise<MobileSignal | undefined>,
  ) {
    this.#ask = ask;
    this.#askPort = askPort;
  }

  /** Undefined = there is no modem, or nobody who knows it. Never rejects. */
  async look(isFresh: boolean): Promise<MobileSignal | undefined> {
    const now = performance.now();
    if (now < this.#nextAt && !isFresh) return this.#last;
    try {
      this.#nextAt = now + MODEM.every_ms;
      this.#last = signalIn(await this.#ask());
    } catch {
      this.#last = await this.#askPort?.().catch(() => undefined);
      if (this.#askPort === undefined) this.#nextAt = now + MODEM.missing_ms;
    }
    return this.#last;
  }
}

/** Undefined = it says nothing of a signal. */
function signalIn(said: string): MobileSignal | undefined {
  const read = Modem.safeParse(JSON.parse(said));
  if (!read.success) return undefined;
  const { 'signal-quality': quality, 'access-technologies': technologies, state } = read.data.modem.generic;
  return {
    percent: quality.value,
    ...(technologies.length > 0 && { technology: technologies.join('+') }),
    ...(state !== undefined && { state }),
  };
}
