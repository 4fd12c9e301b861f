/** Every way the agent can fail in operation, with what it means. Codes are never reused. */
export const DEVICE_ERRORS = {
  'config-invalid': 'the configuration cannot be used',
  'folder-held': 'another agent works in this data folder',
  'folder-of-another': 'the data folder belongs to another user',
  'bus-refused': 'the broker refused the log-on',
  'bus-unreachable': 'the broker cannot be reached',
  'bus-lost': 'the connection ended before the broker answered',
  'store-full': 'the disk is full',
  'store-failed': 'the store could not write',
  'media-unreachable': 'the media server cannot be reached',
  'media-refused': 'the media server refused the file',
  'media-corrupt': 'the file is not what the order named',
  'media-undecodable': 'the file is not sound that can be played',
  'decoder-hung': 'the decoder gave no sound in time',
  'stick-unreadable': 'what is on the stick cannot be read',
  'no-sound-device': 'there is no sound device',
  'player-hung': 'the sound device took no samples in time',
  'player-failed': 'the sound device failed',
  'recorder-hung': 'the input gave no sound in time',
  'recorder-failed': 'the input failed',
  'input-stuck': 'the input was on for longer than it may be',
  'contact-failed': 'the contact cannot be read',
  'amplifier-failed': 'the amplifier did not answer',
  'amplifier-rest': 'the amplifier has to rest after heavy use or because it is hot',
  'quiet-hours': 'the hall is silent at this time',
  'minutes-used': 'the tower has sounded as long as it may today',
  'amplifier-limit': 'it takes longer than the amplifier of this hall may be on',
  'painter-failed': 'the text could not be drawn',
  'picture-undecodable': 'the file is not a picture that can be shown',
  'qr-unfit': 'the sign is too small for the QR code',
  'panel-gone': 'the line to the sign is gone',
  'panel-silent': 'the sign did not answer',
  'panel-refused': 'the sign refused the page',
  'panel-cannot': 'the sign has nothing to do that with',
  'panel-version': 'the sign speaks another major version',
  'line-gone': 'the line cannot be opened',
  'line-stuck': 'the line took no bytes in time',
  'update-corrupt': 'the new version is not what was signed',
  'enrolment-failed': 'the box was not enrolled',
} as const;
export type DeviceErrorCode = keyof typeof DEVICE_ERRORS;

/** The one error class of the agent: code in the message, numbers in `context`, cause kept. */
export class DeviceError extends Error {
  readonly code: DeviceErrorCode;
  readonly context: Record<string, unknown>;

  constructor(code: DeviceErrorCode, context: Record<string, unknown> = {}, cause?: unknown) {
    super(`${code}: ${DEVICE_ERRORS[code]}`, { cause });
    this.name = 'DeviceError';
    this.code = code;
    this.context = context;
  }
}

export function isDeviceError(error: unknown, code?: DeviceErrorCode): error is DeviceError {
  return error instanceof DeviceError && (code === undefined || error.code === code);
}

/** Why, and what a program said last of its own failure; undefined = nothing beside what the code says. */
export function saidLast(error: unknown): string | undefined {
  if (!isDeviceError(error)) return error instanceof Error ? error.message : String(error);
  const { why, said } = error.context;
  const line = typeof said === 'string' ? said.trim().split('\n').at(-1) : undefined;
  const parts = [why, line].filter((part) => typeof part === 'string' && part !== '');
  return parts.length === 0 ? undefined : parts.join('; ');
}
