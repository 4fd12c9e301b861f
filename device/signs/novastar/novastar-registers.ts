import type { TestPattern } from '../../sign-ports.ts';
import { NOVASTAR_ACKS, type NovastarFrame } from './novastar-frame.ts';

/**
 * Registers of the receiving cards, one byte each. Source: NovaStar V1.6, 3.2 and 3.12; the patterns also from
 * commands captured from an MCTRL300 in dietervansteenwegen/Novastar_MCTRL300_basic_controller.
 */
export const NOVASTAR_REGISTERS = {
  brightness: 0x02000001,
  /** FF = dark, whatever is fed in; 00 = what is fed in. */
  kill: 0x02000100,
  pattern: 0x02000101,
  /** FF = the picture stands still. */
  lock: 0x02000102,
} as const;

export const KILL = { dark: 0xff, normal: 0x00 } as const;

/** The sign's own test pictures, and 1 for none; what is missing here it has none of. */
export const NOVASTAR_PATTERNS: Partial<Record<TestPattern, number>> & { none: number } = {
  none: 1,
  red: 2,
  green: 3,
  blue: 4,
  white: 5,
  ramp: 9,
};

/** `novastar write brightness serial=1 value=128`, `novastar answer kill serial=2 done`. */
export function novastarLine(frame: NovastarFrame): string {
  const name =
    Object.entries(NOVASTAR_REGISTERS).find(([, address]) => address === frame.address)?.[0] ??
    `register-${frame.address.toString(16).padStart(8, '0')}`;
  const what = frame.isAnswer ? 'answer' : frame.isWrite ? 'write' : 'read';
  const parts = [`novastar ${what} ${name} serial=${frame.serial}`];
  if (frame.isAnswer) parts.push(NOVASTAR_ACKS[frame.ack] ?? `ack-${frame.ack}`);
  if (frame.data.length > 0) parts.push(`value=${[...frame.data].join(',')}`);
  return parts.join(' ');
}
