import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { DeviceError } from '../../errors.ts';
import type { RelayCommands } from './guarded-relay.ts';

const run = promisify(execFile);
const ANSWER_MS = 2_000;

export interface GpioLine {
  /** Name, or number on `chip`. */
  line: string | number;
  chip?: string | undefined;
  activeLow: boolean;
}

/**
 * The commands of a GPIO line, by the gpiod tools that are installed: 1.x (Debian 12) and 2.x (Debian 13) take other words.
 * Rejects `amplifier-failed` where there are none, or 1.x knows no line of that name.
 */
export async function gpiodCommands(gpio: GpioLine): Promise<RelayCommands> {
  const version = /v(\d+)\./.exec(await answerOf('gpioset', '--version'))?.[1];
  if (version === '1') return commandsOf1(await placeOf(gpio), gpio.activeLow);
  if (version === '2') return commandsOf2(gpio);
  throw new DeviceError('amplifier-failed', { why: 'gpioset of an unknown version', version });
}

/**
 * Neither says when it has switched; `gpioinfo` names who uses the line.
 * In mode `exit` the line is let go of at once, which Pi kernels leave as it is and others make an input: off, both.
 */
function commandsOf1({ chip, offset }: Place, activeLow: boolean): RelayCommands {
  const gpioset = `gpioset${activeLow ? ' --active-low' : ''}`;
  return {
    hold: `${gpioset} --mode=signal ${chip} ${offset}=1`,
    isHeld: `gpioinfo ${chip} | grep -q 'line *${offset}:.*gpioset'`,
    off: `${gpioset} --mode=exit ${chip} ${offset}=0`,
  };
}

/** 2.x holds until it is ended; with a last period of 0 it sets and ends. */
function commandsOf2({ line, chip, activeLow }: GpioLine): RelayCommands {
  const onChip = chip === undefined ? '' : ` --chip ${chip}`;
  const gpioset = `gpioset${activeLow ? ' --active-low' : ''}${onChip}`;
  return {
    hold: `${gpioset} ${line}=1`,
    isHeld: `gpioinfo${onChip} ${line} | grep -q gpioset`,
    off: `${gpioset} --toggle 0 ${line}=0`,
  };
}

interface Place {
  chip: string;
  offset: string;
}

/** 1.x sets by number only; its `gpiofind` tells which: `gpiochip0 17`. */
async function placeOf({ line, chip }: GpioLine): Promise<Place> {
  if (typeof line === 'number') return { chip: chip ?? 'gpiochip0', offset: String(line) };
  const [, found, offset] = /^(\S+) (\d+)/.exec(await answerOf('gpiofind', line)) ?? [];
  if (found === undefined || offset === undefined)
    throw new DeviceError('amplifier-failed', { why: 'there is no GPIO line of that name', line });
  return { chip: found, offset };
}

async function answerOf(program: string, ...words: string[]): Promise<string> {
  try {
    return (await run(program, words, { timeout: ANSWER_MS, killSignal: 'SIGKILL' })).stdout;
  } catch (cause) {
    throw new DeviceError('amplifier-failed', { why: `${program} ${words.join(' ')} failed` }, cause);
  }
}
