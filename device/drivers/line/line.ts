import { searchedLine } from '../../board/board-search.ts';
import { type AdapterName, LINE_SPECS, type LineSpec, type Rate, readLine } from '../../config/line-spec.ts';
import { DeviceError } from '../../errors.ts';
import type { ByteLine } from '../../sign-ports.ts';
import { systemClock, systemRandom } from '../machine/system-clock.ts';
import { serialLine } from './serial-line.ts';
import { adapterPaths, PORT_PATTERNS, portPaths } from './serial-ports.ts';
import { tcpLine } from './tcp-line.ts';

const BITS_PER_BYTE = 10;

/** A line as a technician writes it (config/line-spec.ts). Throws DeviceError `config-invalid` for what is none. */
export function parseLine(spec: string): LineSpec {
  const line = readLine(spec);
  if (line === undefined) throw new DeviceError('config-invalid', { line: spec, why: LINE_SPECS });
  return line;
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
