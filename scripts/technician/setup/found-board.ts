import { isDeviceError } from '../../../device/errors.ts';
import { askLine } from '../ask-line.ts';
import { serialPorts } from '../serial-ports.ts';
import { asObject, type HallFile } from './hall-file.ts';

/** A board of ours, as the configuration names it. */
export interface FoundBoard {
  line: string;
  panel?: { width: number; height: number };
  amplifier: boolean;
}

/**
 * The configuration with the board that was found in it. What a person wrote beside it stays: how the sign hangs (`turned`), the
 * address of the board; and a sign of another maker stays the hall's sign.
 */
export function withBoard(file: HallFile, found: FoundBoard): HallFile {
  const { panel, ...board } = found;
  const written = asObject(file.board);
  const hasSign = file.sign === undefined && panel !== undefined;
  const sign = hasSign ? { panel: { ...asObject(written.panel), ...panel } } : {};
  return { ...file, board: { ...written, ...board, ...sign } };
}

/** Looks for a board at each free serial port, the first that answers; undefined = none does. */
export async function findBoard(root = '/'): Promise<FoundBoard | undefined> {
  for (const port of await serialPorts(root)) {
    if (port.heldBy !== undefined) continue;
    const found = await boardAt(port.byId ?? port.path);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The board on one line; undefined = nobody answers there. Rejects with DeviceError other than a line that is gone. */
export async function boardAt(line: string): Promise<FoundBoard | undefined> {
  try {
    const [board] = await askLine(line, []);
    if (board === undefined) return undefined;
    const { fitted, width, height } = board;
    return {
      line,
      ...(fitted.includes('display') && { panel: { width, height } }),
      amplifier: fitted.includes('amplifier'),
    };
  } catch (error) {
    if (isDeviceError(error, 'line-gone') || isDeviceError(error, 'line-stuck')) return undefined;
    throw error;
  }
}
