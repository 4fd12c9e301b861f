import { DeviceError } from '../errors.ts';
import type { ByteLine } from '../sign-ports.ts';
import { serialLine } from './serial-line.ts';
import { tcpLine } from './tcp-line.ts';

const DEFAULT_BAUD = 115_200;
const FASTEST_BAUD = 12_000_000;
const HIGHEST_PORT = 65_535;

export type LineSpec =
  | { kind: 'tcp'; host: string; port: number }
  | { kind: 'serial'; path: string; baud: number; fixed: boolean };

/**
 * `tcp:host:port` (an IPv6 host in brackets), or a device file: it begins at 115,200 baud and goes over to what board and
 * cable carry (SPEC 5); with `@baud` it stays at that. Throws DeviceError `config-invalid`.
 */
export function parseLine(spec: string): LineSpec {
  const [, host, port] = /^tcp:(\[[0-9a-f:]+\]|[^:[\]\s]+):(\d{1,5})$/i.exec(spec) ?? [];
  if (host !== undefined && Number(port) >= 1 && Number(port) <= HIGHEST_PORT)
    return { kind: 'tcp', host: host.replace(/^\[|\]$/g, ''), port: Number(port) };

  const [, path, fixed] = /^(\/[^@\s]+)(?:@(\d{2,8}))?$/.exec(spec) ?? [];
  const baud = Number(fixed ?? DEFAULT_BAUD);
  if (path !== undefined && baud <= FASTEST_BAUD)
    return { kind: 'serial', path, baud, fixed: fixed !== undefined };

  throw new DeviceError('config-invalid', { line: spec, expected: 'tcp:host:port or /dev/name[@baud]' });
}

/** The line that a spec names, not yet open. Throws DeviceError `config-invalid`. */
export function openLine(spec: string): ByteLine {
  const line = parseLine(spec);
  return line.kind === 'tcp' ? tcpLine(line) : serialLine(line);
}
