import type { OnbonFrame } from './onbon-frame.ts';

/**
 * The commands that are sent or met, as group and number. Sources: LuckyKoala/BX5KProtocol BX4K.h; Onbon's analyser
 * strongercjd/Onbon-Protocol-Analysis Form1.cs (commit 082a0636) and onbonlab/bx.dual.dyn.java BxCmdCode (MIT).
 */
const ONBON_COMMANDS = {
  ack: [0xa0, 0x00],
  nack: [0xa0, 0x01],
  format: [0xa1, 0x00],
  'delete-file': [0xa1, 0x01],
  status: [0xa1, 0x02],
  'start-file': [0xa1, 0x05],
  'file-block': [0xa1, 0x06],
  ping: [0xa2, 0x00],
  reset: [0xa2, 0x01],
  'set-clock': [0xa2, 0x03],
  'switch-screen': [0xa3, 0x00],
  'switch-times': [0xa3, 0x01],
  'lock-programme': [0xa3, 0x04],
  'text-area': [0xa3, 0x06],
  'cancel-switch-times': [0xa3, 0x08],
  clear: [0xa3, 0x10],
  'picture-area': [0xa7, 0x00],
  'delete-area': [0xa7, 0x01],
} as const;
export type OnbonCommand = keyof typeof ONBON_COMMANDS;

/** What a controller may complain of, by number. Source: BX4K.h, CmdError. */
const ONBON_ERRORS = [
  'none',
  'no-such-group',
  'no-such-command',
  'busy',
  'memory-full',
  'checksum',
  'no-such-file',
  'flash',
  'file-transfer',
  'file-name',
  'file-type',
  'file-checksum',
  'no-such-font',
  'firmware-type',
  'date-format',
  'file-exists',
  'file-block-number',
] as const;

/** A BX-5K takes no more at once, marks and escapes included (BX4K.h MAX_CONTROLLER_RECEIVE_BUFFER). */
export const BX5K_BUFFER_BYTES = 1_024;

const MUST_ANSWER = 0x01;

/** Data of a BX-5K frame: group, command, answer wanted, 2 reserved, payload. */
export function bx5kRequest(command: OnbonCommand, payload: Uint8Array = new Uint8Array(0)): Uint8Array {
  return Uint8Array.from([...ONBON_COMMANDS[command], MUST_ANSWER, 0, 0, ...payload]);
}

/** Data of a BX-6 frame: answer wanted, group, command, 2 reserved, payload. */
export function bx6Request(command: OnbonCommand, payload: Uint8Array): Uint8Array {
  const data = new Uint8Array(5 + payload.length);
  data.set([MUST_ANSWER, ...ONBON_COMMANDS[command], 0, 0]);
  data.set(payload, 5);
  return data;
}

/** The command of a frame; undefined = none that is known. */
export function commandOf({ header, data }: OnbonFrame): string | undefined {
  const [group, number] = header === 'bx-5k' ? data : data.subarray(1);
  const found = Object.entries(ONBON_COMMANDS).find(
    ([, [knownGroup, known]]) => knownGroup === group && known === number,
  );
  return found?.[0];
}

/** What an answer says went wrong, `none` where nothing did; undefined = the frame is no answer. */
export function errorOf(frame: OnbonFrame): string | undefined {
  const command = commandOf(frame);
  if (command !== 'ack' && command !== 'nack') return undefined;
  if (command === 'ack') return ONBON_ERRORS[0];
  const code = (frame.header === 'bx-5k' ? frame.data[2] : frame.data[5]) ?? 0;
  return ONBON_ERRORS[code] ?? `error-${code}`;
}

/** `onbon ping to=0001 from=8000 bytes=5`, `onbon nack … error=busy`. */
export function onbonLine(frame: OnbonFrame): string {
  const error = errorOf(frame);
  const address = (value: number) => value.toString(16).padStart(4, '0');
  const parts = [
    `onbon ${commandOf(frame) ?? 'unknown'} ${frame.header}`,
    `to=${address(frame.to)} from=${address(frame.from)} bytes=${frame.data.length}`,
  ];
  if (error !== undefined) parts.push(`error=${error}`);
  return parts.join(' ');
}
