import { z } from 'zod';

const DEFAULT_BAUD = 115_200;
const FASTEST_BAUD = 12_000_000;
const HIGHEST_PORT = 65_535;

export interface AdapterName {
  /** Four hex digits each, as `lsusb` shows them. */
  vendor: string;
  product: string;
  /** Absent = any. */
  serial?: string;
}

export interface Rate {
  baud: number;
  /** People set it; otherwise it is where the line begins (SPEC 5). */
  fixed: boolean;
}

export type LineSpec =
  | { kind: 'tcp'; host: string; port: number }
  | ({ kind: 'serial'; path: string } & Rate)
  | ({ kind: 'adapter'; adapter: AdapterName } & Rate)
  | ({ kind: 'board'; board: string } & Rate);

export const LINE_SPECS =
  'a line is tcp:host:port, or /dev/name, serial:VID:PID[:SERIAL] or board:ID, each with or without @baud';

/**
 * `tcp:host:port` (an IPv6 host in brackets); or a serial port: a device file, `serial:VID:PID[:SERIAL]` for the USB adapter of
 * that name, `board:ID` for our board of that id, on whatever port it is. A serial port begins at 115,200 baud and goes over to
 * what board and cable carry (SPEC 5); with `@baud` it stays at that. Undefined: it is none of these.
 */
export function readLine(spec: string): LineSpec | undefined {
  const [, host, tcpPort] = /^tcp:(\[[0-9a-f:]+\]|[^:[\]\s]+):(\d{1,5})$/i.exec(spec) ?? [];
  if (host !== undefined && Number(tcpPort) >= 1 && Number(tcpPort) <= HIGHEST_PORT)
    return { kind: 'tcp', host: host.replace(/^\[|\]$/g, ''), port: Number(tcpPort) };

  const [, port = '', fixed] = /^([^@\s]+)(?:@(\d{2,8}))?$/.exec(spec) ?? [];
  const rate = { baud: Number(fixed ?? DEFAULT_BAUD), fixed: fixed !== undefined };
  return rate.baud <= FASTEST_BAUD ? serialSpec(port, rate) : undefined;
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

/** The way to a board or a sign: a slip in it is named where it is written, before anything starts. */
export const LineText = z
  .string()
  .max(300)
  .refine((text) => readLine(text) !== undefined, LINE_SPECS);
