import { searchedLine } from '../../board/board-search.ts';
import { DeviceError } from '../../errors.ts';
import type { ByteLine } from '../../sign-ports.ts';
import { systemClock, systemRandom } from '../machine/system-clock.ts';
import { serialLine } from './serial-line.ts';
import { type AdapterName, adapterPaths, PORT_PATTERNS, portPaths } from './serial-ports.ts';
import { tcpLine } from './tcp-line.ts';

const DEFAULT_BAUD = 115_200;
const FASTEST_BAUD = 12_000_000;
const HIGHEST_PORT = 65_535;
const BITS_PER_BYTE = 10;

export type LineSpec =
  | { kind: 'tcp'; host: string; port: number }
  | ({ kind: 'serial'; path: string } & Rate)
  | ({ kind: 'adapter'; adapter: AdapterName } & Rate)
  | ({ kind: 'board'; board: string } & Rate);

interface Rate {
  baud: number;
  /** People set it; otherwise it is where the line begins (SPEC 5). */
  fixed: boolean;
}

const SPECS = 'tcp:host:port, or /dev/name, serial:VID:PID[:SERIAL] or board:ID, each with or without @baud';

/**
 * `tcp:host:port` (an IPv6 host in brackets); or a serial port: a device file, `serial:VID:PID[:SERIAL]` for the USB adapter of
 * that name, `board:ID` for our board of that id, on whatever port it is. A serial port begins at 115,200 baud and goes over to
 * what board and cable carry (SPEC 5); with `@baud` it stays at that. Throws DeviceError `config-invalid`.
 */
export function parseLine(spec: string): LineSpec {
  const [, host, tcpPort] = /^tcp:(\[[0-9a-f:]+\]|[^:[\]\s]+):(\d{1,5})$/i.exec(spec) ?? [];
  if (host !== undefined && Number(tcpPort) >= 1 && Number(tcpPort) <= HIGHEST_PORT)
    return { kind: 'tcp', host: host.replace(/^\[|\]$/g, ''), port: Number(tcpPort) };

  const [, port = '', fixed] = /^([^@\s]+)(?:@(\d{2,8}))?$/.exec(spec) ?? [];
  const rate = { baud: Number(fixed ?? DEFAULT_BAUD), fixed: fixed !== undefined };
  const line = rate.baud <= FASTEST_BAUD ? serialSpec(port, rate) : undefined;
  if (line === undefined) throw new DeviceError('config-invalid', { line: spec, expected: SPECS });
  return line;
}

function serialSpec(port: string, rate: Rate): LineSpec | undefined {
  if (/^\/./.test(port)) return { kind: 'serial', path: port, ...rate };
  const board = /^board:([0-9a-f]{16})$/i.exec(port)?.[1];
  if (board !== undefined) return { kind: 'board', board: board.toLowerCase(), ...rate };
  const [, vendor, product, serial] = /^serial:([0-9a-f]{4}):([0-9a-f]{4})(?::([^:]+))?$/i.exec(port) ?? [];
  if (vendor === undefined || product === undefined) return undefined;
  const name = { vendor: vendor.toLowerCase(), product: product.toLowerCase() };
  return { kind: 'adapter', adapter: serial === undefined ? name : { ...name, serial }, ...rate };
}

/**
 * The line that a spec names, not yet open. Throws DeviceError `config-invalid`.
 * @param patterns of the device files among which a board or an adapter is looked for.
 */
export function openLine(spec: string, patterns: readonly string[] = PORT_PATTERNS): ByteLine {
  const line = parseLine(spec);
  if (line.kind === 'tcp') return tcpLine(line);
  const { baud, fixed } = line;
  const lineOver = (path: string) => serialLine({ path, baud, fixed });
  if (line.kind === 'serial') return lineOver(line.path);
  if (line.kind === 'adapter')
    return foundLine(() => adapterPaths(line.adapter, patterns), lineOver, line.adapter, line);
  const list = () => portPaths(patterns);
  return searchedLine(line.board, { list, lineOver, fixed, clock: systemClock, random: systemRandom });
}

/** A line over the first port that is found, looked for each time it is opened. */
function foundLine(
  find: () => Promise<string[]>,
  lineOver: (path: string) => ByteLine,
  name: AdapterName,
  { baud, fixed }: Rate,
): ByteLine {
  let found: ByteLine | undefined;
  return {
    get bytesPerSecond() {
      return found?.bytesPerSecond ?? baud / BITS_PER_BYTE;
    },

    async open(session) {
      const [path] = await find();
      if (path === undefined) throw new DeviceError('line-gone', { ...name });
      found = lineOver(path);
      await found.open(session);
    },

    ...(!fixed && { setRate: async (wanted: number) => await found?.setRate?.(wanted) }),

    async write(bytes) {
      if (found === undefined) throw new DeviceError('line-gone', { ...name });
      await found.write(bytes);
    },

    async close() {
      await found?.close();
    },
  };
}
