/**
 * What is said to an Alpha sign. Text is never: Thai goes as a dot picture, so no byte of an announcement can become a
 * control code. Source: Alpha Sign Communications Protocol 9708-8061F, 6.1 to 6.4 and table 15; the same in
 * msparks/alphasign constants.py and lancereinsmith/alphasignpy commands/.
 */
export const ALPHA_COMMANDS = {
  A: 'write-text',
  B: 'read-text',
  E: 'write-special',
  F: 'read-special',
  G: 'write-string',
  H: 'read-string',
  I: 'write-small-dots',
  J: 'read-small-dots',
  K: 'write-rgb-dots',
  L: 'read-rgb-dots',
  M: 'write-large-dots',
  N: 'read-large-dots',
  O: 'write-bulletin',
} as const;

export const ALPHA_SPECIALS = {
  $: 'memory',
  '*': 'error-status',
  ',': 'soft-reset',
  '.': 'run-sequence',
  '/': 'dimming',
  '4': 'clear-error-status',
  '"': 'general-information',
} as const;

/** SMALL DOTS pictures (6.4): 31 rows and 255 columns at most. */
export const ALPHA_MAX = { width: 255, height: 31 } as const;

/** The file that is shown, and the two pictures that it shows in turn: the one not shown is written. */
export const ALPHA_FILES = { text: 'A', pictures: ['B', 'C'] } as const;

/** Dots of one colour, of red, green and amber, or of the eight of later signs; how much memory each dot takes. */
const ALPHA_COLOURS = { mono: '1000', 'three-colour': '2000', 'eight-colour': '4000' } as const;
export type AlphaColours = keyof typeof ALPHA_COLOURS;

const TEXT_BYTES = 64;
/** Held still (mode b) in the middle of the sign (position space). */
const HOLD = '\x1b b';
/** 14H and a label: the picture of that label. */
const CALL_PICTURE = '\x14';

/** Room for one text and two pictures. What the sign had is forgotten. */
export function memoryCommand(size: { width: number; height: number }, colours: AlphaColours): string {
  const { text, pictures } = ALPHA_FILES;
  // A text that may be shown at all hours (FF); pictures locked against the sign's own remote control, as 6.2.1 asks.
  const files = [`${text}AU${hex(TEXT_BYTES, 4)}FF00`];
  for (const label of pictures)
    files.push(`${label}DL${hex(size.height, 2)}${hex(size.width, 2)}${ALPHA_COLOURS[colours]}`);
  return `E$${files.join('')}`;
}

/** Only our text is shown, whatever the hour; the sign's remote control cannot change that. */
export const RUN_SEQUENCE_COMMAND = `E.SL${ALPHA_FILES.text}`;
export const CLEAR_ERRORS_COMMAND = 'E4';
export const READ_ERRORS_COMMAND = 'F*';

/**
 * A dot picture in two parts: the sign needs a pause of 100 ms after the first (6.4.1).
 * @param rows one digit a dot, see `alphaRows`.
 */
export function pictureCommand(label: string, rows: string[]): { head: string; body: string } {
  const head = `I${label}${hex(rows.length, 2)}${hex(rows[0]?.length ?? 0, 2)}`;
  return { head, body: rows.map((row) => `${row}\r`).join('') };
}

/** Shows one picture, or nothing. */
export function showCommand(label: string | undefined): string {
  return `A${ALPHA_FILES.text}${HOLD}${label === undefined ? ' ' : CALL_PICTURE + label}`;
}

/** What signs with a dimming register know (E/): shares of full brightness, by number. */
const DIM_PERCENTS = [100, 86, 72, 58, 44] as const;

/** @param level 0 to 255; the nearest step that is not darker, for 0 the darkest. */
export function dimmingCommand(level: number): string {
  const wanted = (level / 255) * 100;
  const step = DIM_PERCENTS.findLastIndex((percent) => percent >= wanted);
  return `E/00${Math.max(0, step).toString().padStart(2, '0')}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}

/** The serial error status register; bit 6 is always set. Source: 6.2, READ SPECIAL FUNCTION 2AH. */
const ERROR_BITS = {
  parity: 0x01,
  framing: 0x02,
  timeout: 0x04,
  'buffer-overflow': 0x08,
  checksum: 0x10,
  'illegal-command': 0x20,
} as const;

/** The names of what went wrong; undefined = this is no answer to `READ_ERRORS_COMMAND`. */
export function errorsOf(command: string): string[] | undefined {
  if (!/^E\*.$/s.test(command)) return undefined;
  const status = command.charCodeAt(2);
  return Object.entries(ERROR_BITS).flatMap(([name, bit]) => ((status & bit) === 0 ? [] : [name]));
}
