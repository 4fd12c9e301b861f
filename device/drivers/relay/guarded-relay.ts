import type { Relay } from '../../amplifier/relay.ts';
import { DeviceError } from '../../errors.ts';
import { ProcessGroup } from '../process-group.ts';
import { within } from '../within.ts';

/** Every duration of a relay, milliseconds. */
const TIMES = {
  /** Until the guard holds it. A tool that finds a busy chip says so within tens of milliseconds. */
  onMs: 2_000,
  /** Until the guard let go and switched off. */
  offMs: 2_000,
} as const;

/** Shell commands of a relay. None may read from its standard input. */
export interface RelayCommands {
  /** Switches on and ends; absent: `hold` does that. */
  on?: string;
  /** Lives as long as the relay shall be held; what ends it ends the power. Absent: nothing has to. */
  hold?: string;
  /** Succeeds once `hold` has switched; absent: it has when it runs. Asked every 10 ms. */
  isHeld?: string;
  off: string;
}

/**
 * A relay that is switched by programs, under a guard: a shell in a process group of its own that reads from a pipe of ours.
 * When that pipe closes, because we let go or because this process was killed, the guard switches off. On the kernels of
 * Raspberry Pi OS a GPIO line keeps its level when the program that held it dies (pinctrl `persist_gpio_outputs`), and a USB
 * relay does so anyway; so nothing may hang on a program merely ending.
 */
export class GuardedRelay implements Relay {
  readonly #commands: () => Promise<RelayCommands>;
  #guard: ProcessGroup | undefined;

  /** `commands` are asked for each time: which version of a tool there is, on which port an adapter is, may change. */
  constructor(commands: () => Promise<RelayCommands>) {
    this.#commands = commands;
  }

  async on(): Promise<void> {
    if (this.#guard !== undefined && this.lost() === undefined) return;
    await this.#letGo();
    const guard = shell(guardScript(await this.#commands()));
    this.#guard = guard;
    const endedEarly = guard.exited.then(() => Promise.reject(failed(guard, 'on')));
    endedEarly.catch(() => {});
    await within(TIMES.onMs, Promise.race([guard.said(HELD), endedEarly]), () => failed(guard, 'on'));
  }

  async off(): Promise<void> {
    const code = await this.#letGo();
    if (code === 0) return;
    // There was no guard, or it could not: told directly.
    const { off } = await this.#commands();
    const told = shell(off);
    const { code: answer } = await within(TIMES.offMs, told.exited, () => failed(told, 'off')).finally(() =>
      told.kill(),
    );
    if (answer !== 0) throw failed(told, 'off');
  }

  lost(): string | undefined {
    const guard = this.#guard;
    if (guard?.exit === undefined) return undefined;
    return guard.stderrTail().replace(HELD, '').trim() || `ended with ${guard.exit.code}`;
  }

  /** Resolves to how the guard ended: 0 = it switched off; undefined = there was none. */
  async #letGo(): Promise<number | null | undefined> {
    const guard = this.#guard;
    this.#guard = undefined;
    if (guard === undefined) return undefined;
    guard.stdin.end();
    const exit = await within(TIMES.offMs, guard.exited, () => failed(guard, 'off')).catch(() => undefined);
    await guard.kill();
    return exit?.code;
  }
}

const HELD = 'prakat holds the relay';

/**
 * What a shell does by itself, and this one must not: a background command gets no standard input, so that of the guard is
 * kept as descriptor 3; a word about it (`Terminated`) into the pipe of a dead agent would end the guard before it switched
 * off, so PIPE is ignored; a signal ends `wait`, so it waits twice. The reader is ended before the number of the process that
 * it would end can be given to another.
 */
function guardScript({ on = ':', hold = 'sleep infinity', isHeld = ':', off }: RelayCommands): string {
  return [
    "trap '' PIPE",
    'exec 3<&0 </dev/null',
    `${on} || { ${off}; exit 70; }`,
    `${hold} 3<&- & held=$!`,
    "trap 'kill $held 2>/dev/null' TERM INT HUP",
    '{ read -r _ <&3; kill $held; } 2>/dev/null & reader=$!',
    `until ${isHeld}; do kill -0 $held 2>/dev/null || break; sleep 0.01; done`,
    `kill -0 $held 2>/dev/null && echo '${HELD}' >&2`,
    'wait $held',
    'wait $held 2>/dev/null',
    'kill $reader 2>/dev/null',
    off,
  ].join('\n');
}

function shell(script: string): ProcessGroup {
  return new ProcessGroup('sh', ['-c', script]);
}

function failed(guard: ProcessGroup, power: 'on' | 'off'): DeviceError {
  const { exit } = guard;
  const said = guard.stderrTail().replace(HELD, '').trim();
  return new DeviceError('amplifier-failed', { power, code: exit?.code, said }, exit?.failure);
}
