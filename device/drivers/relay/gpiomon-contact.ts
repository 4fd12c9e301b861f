import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { DeviceError, isDeviceError } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import type { Contact } from '../../sound-ports.ts';
import { ProcessGroup } from '../process-group.ts';

const run = promisify(execFile);

/** Every duration of a contact, milliseconds. */
const TIMES = {
  /** gpioget answers within. */
  answerMs: 2_000,
  /** Switches bounce for up to 20 ms. */
  settleMs: 30,
  /** Between asking a pin and watching it an edge may be lost: it is asked anew so often. */
  askAgainMs: 30_000,
  /** A pin that cannot be read is tried again after. */
  retryMs: 5_000,
} as const;

/**
 * Runs its words and ends them when our pipe closes: a gpiomon that outlives an agent that was killed would hold the pin until
 * somebody presses the key. A background job of a shell has no standard input but what is given to it by name.
 */
const WHILE_WE_LIVE =
  'exec 3<&0; "$@" 3<&- & child=$!; { cat <&3 >/dev/null; kill "$child"; } 2>/dev/null & wait "$child"';

/** Longest line of gpiomon that is ours, characters. */
const LINE_CHARS = 16;

export interface GpioContact {
  /** Name, or number on `chip`. */
  line: string | number;
  chip?: string | undefined;
  activeLow: boolean;
  bias: 'as-is' | 'pull-up' | 'pull-down' | 'disabled';
}

export interface GpiomonOptions {
  gpio: GpioContact;
  clock: Pick<Clock, 'after'>;
  /** Undefined = it is read again; else why it is not. Called on change. */
  trouble: (error: DeviceError | undefined) => void;
}

/** A switch on a pin, by the gpiod tools: `gpioget` says how it is, `gpiomon` how it changes. */
export class GpiomonContact implements Contact {
  readonly #options: GpiomonOptions;
  readonly #watchers = new Set<() => void>();
  #settled: boolean | undefined;
  #forgetSettling: () => void = () => {};
  #isStopped = false;
  #watching: Promise<void> = Promise.resolve();
  #wake: () => void = () => {};
  #hadTrouble = false;

  constructor(options: GpiomonOptions) {
    this.#options = options;
  }

  closed(): boolean | undefined {
    return this.#settled;
  }

  onChange(call: () => void): () => void {
    this.#watchers.add(call);
    return () => void this.#watchers.delete(call);
  }

  start(): void {
    this.#watching = this.#watch();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#wake();
    await this.#watching;
    this.#forgetSettling();
  }

  async #watch(): Promise<void> {
    while (!this.#isStopped) {
      try {
        const commands = await gpiodInput(this.#options.gpio);
        while (!this.#isStopped) await this.#askAndWatch(commands);
      } catch (error) {
        this.#troubled(isDeviceError(error) ? error : new DeviceError('contact-failed', {}, error));
        this.#become(undefined);
        await this.#waitMs(TIMES.retryMs);
      }
    }
  }

  async #askAndWatch({ ask, watch, risen }: InputCommands): Promise<void> {
    this.#become((await answerOf(ask)) === '1');
    const group = new ProcessGroup('sh', ['-c', WHILE_WE_LIVE, 'sh', ...watch]);
    let words = '';
    group.stdout.setEncoding('utf8').on('data', (said: string) => {
      const lines = (words + said).split('\n');
      words = (lines.pop() ?? '').slice(-LINE_CHARS);
      for (const edge of lines) this.#edge(edge.trim() === risen);
    });
    try {
      this.#troubled(undefined);
      const gone = group.exited.then(() => this.#wake());
      await this.#waitMs(TIMES.askAgainMs);
      if (group.exit !== undefined) {
        await gone;
        throw new DeviceError('contact-failed', { why: 'gpiomon ended', said: group.stderrTail() });
      }
    } finally {
      await group.kill();
    }
  }

  /** What lasts counts; what bounces back before does not. */
  #edge(isClosed: boolean): void {
    this.#forgetSettling();
    this.#forgetSettling = this.#options.clock.after(TIMES.settleMs, () => this.#become(isClosed));
  }

  #become(isClosed: boolean | undefined): void {
    if (this.#isStopped) return;
    this.#forgetSettling();
    if (isClosed === this.#settled) return;
    this.#settled = isClosed;
    for (const call of this.#watchers) call();
  }

  #troubled(error: DeviceError | undefined): void {
    if (error === undefined && !this.#hadTrouble) return;
    this.#hadTrouble = error !== undefined;
    if (!this.#isStopped) this.#options.trouble(error);
  }

  /** Or until it is woken. */
  #waitMs(ms: number): Promise<void> {
    if (this.#isStopped) return Promise.resolve();
    return new Promise((resolve) => {
      const forget = this.#options.clock.after(ms, resolve);
      this.#wake = () => {
        forget();
        resolve();
      };
    });
  }
}

interface InputCommands {
  ask: string[];
  watch: string[];
  /** What gpiomon writes for an edge to active. */
  risen: string;
}

/** gpiod 1.x (Debian 12) and 2.x (Debian 13) take other words. `stdbuf`: an edge is told when it comes, not with the next 4 KB. */
async function gpiodInput(gpio: GpioContact): Promise<InputCommands> {
  const version = /v(\d+)\./.exec(await answerOf(['gpiomon', '--version']))?.[1];
  if (version === '1') return inputOf1(await placeOf(gpio), gpio);
  if (version === '2') return inputOf2(gpio);
  throw new DeviceError('contact-failed', { why: 'gpiomon of an unknown version', version });
}

function inputOf1(place: string[], { activeLow, bias }: GpioContact): InputCommands {
  const how = [...(activeLow ? ['--active-low'] : []), `--bias=${bias === 'disabled' ? 'disable' : bias}`];
  return {
    ask: ['gpioget', ...how, ...place],
    watch: ['stdbuf', '-oL', 'gpiomon', ...how, '--line-buffered', '--format=%e', ...place],
    risen: '1',
  };
}

function inputOf2({ line, chip, activeLow, bias }: GpioContact): InputCommands {
  const how = [
    ...(activeLow ? ['--active-low'] : []),
    ...(bias === 'as-is' ? [] : ['--bias', bias]),
    ...(chip === undefined ? [] : ['--chip', chip]),
  ];
  return {
    ask: ['gpioget', '--numeric', ...how, String(line)],
    watch: ['stdbuf', '-oL', 'gpiomon', ...how, '--format', '%e', String(line)],
    risen: '1',
  };
}

/** 1.x reads by number only; its `gpiofind` tells which: `gpiochip0 17`. */
async function placeOf({ line, chip }: GpioContact): Promise<string[]> {
  if (typeof line === 'number') return [chip ?? 'gpiochip0', String(line)];
  const [, found, offset] = /^(\S+) (\d+)/.exec(await answerOf(['gpiofind', line])) ?? [];
  if (found === undefined || offset === undefined)
    throw new DeviceError('contact-failed', { why: 'there is no GPIO line of that name', line });
  return [found, offset];
}

async function answerOf([program = '', ...words]: string[]): Promise<string> {
  try {
    const { stdout } = await run(program, words, { timeout: TIMES.answerMs, killSignal: 'SIGKILL' });
    return stdout.trim();
  } catch (cause) {
    throw new DeviceError('contact-failed', { why: `${program} ${words.join(' ')} failed` }, cause);
  }
}
