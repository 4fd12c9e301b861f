import { DeviceError } from '../../errors.ts';
import { parseLine } from '../line/line.ts';
import { adapterPaths, PORT_PATTERNS } from '../line/serial-ports.ts';
import type { RelayCommands } from './guarded-relay.ts';

/** The rate that these relays are sold with. */
const BAUD = 9_600;
const START = 0xa0;

export interface UsbRelayLine {
  /** A device file, or `serial:VID:PID[:SERIAL]`. */
  line: string;
  channel: number;
}

/** The commands of a relay that takes four bytes and answers nothing (LCUS-1). Rejects `amplifier-failed` while it is not there. */
export async function usbRelayCommands({ line, channel }: UsbRelayLine): Promise<RelayCommands> {
  const path = await pathOf(line);
  // Without `clocal` the next open waits for a carrier that a relay never gives.
  const ready = `stty -F '${path}' ${BAUD} cs8 -cstopb -parenb raw -echo clocal -hupcl`;
  const told = (power: 0 | 1) => `${ready} && printf '${octal(bytesOf(channel, power))}' >'${path}'`;
  // A subshell: the guard leads its session, and what such a one opens would become its terminal.
  return { on: `(${told(1)})`, off: `(${told(0)})` };
}

/** Start, channel, power, sum: `A0 01 01 A2` switches the first on. */
export function bytesOf(channel: number, power: 0 | 1): number[] {
  return [START, channel, power, (START + channel + power) & 0xff];
}

/**
 * The commands of a relay that the program `usbrelay` knows by a name. It ends with 0 also where there is no such relay, and
 * prints what was before the change; so it is asked again what is so now. `-1` is all that some makers' relays tell of it.
 */
export async function hidRelayCommands(name: string): Promise<RelayCommands> {
  const told = (power: 0 | 1) =>
    `usbrelay ${name}=${power} >/dev/null && { usbrelay | grep -Fqx -e '${name}=${power}' -e '${name}=-1' || { ${notSo(name, power)}; }; }`;
  return { on: told(1), off: told(0) };
}

function notSo(name: string, power: 0 | 1): string {
  return `echo 'usbrelay shows no ${name} that is ${power === 1 ? 'on' : 'off'}' >&2; false`;
}

async function pathOf(spec: string): Promise<string> {
  const line = parseLine(spec);
  if (line.kind === 'serial') return line.path;
  const [path] = line.kind === 'adapter' ? await adapterPaths(line.adapter, PORT_PATTERNS) : [];
  if (path === undefined)
    throw new DeviceError('amplifier-failed', { why: 'it is not plugged in', line: spec });
  return path;
}

function octal(bytes: number[]): string {
  return bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
