/** Everything the agent warns of: a number for the phone, and what it means. Numbers are never reused. */
export const WARNINGS = {
  'receipt-forged': { number: 101, says: 'a receipt with a wrong signature or for another chain came in' },
  'time-forged': { number: 102, says: 'an answer about the time with a wrong signature came in' },
  'inbox-full': { number: 103, says: 'messages came in faster than they could be handled' },
  'store-full': { number: 201, says: 'the disk is full: nothing new can be claimed or reported' },
  'store-failed': { number: 202, says: 'the store cannot write' },
  'clock-wrong': { number: 203, says: 'the system clock disagrees with the server by more than a minute' },
  'media-unreachable': { number: 301, says: 'media could not be fetched' },
  'no-sound-device': { number: 401, says: 'there is no sound device' },
  'player-failed': { number: 402, says: 'the sound device failed or hung' },
  'amplifier-failed': { number: 403, says: 'the amplifier did not answer' },
  'panel-gone': { number: 501, says: 'the line to the sign is gone or the sign is silent' },
  'panel-version': { number: 502, says: 'the sign speaks another version' },
  'panel-other': { number: 503, says: 'the sign is not of the size that the configuration says' },
  'panel-differs': { number: 504, says: 'the sign showed something else than it was sent' },
  'panel-modules': { number: 505, says: 'modules of the sign do not work' },
  'panel-hot': { number: 506, says: 'the sign is too hot' },
} as const;
export type WarningCode = keyof typeof WARNINGS;

export interface WarningChange {
  code: WarningCode;
  raised: boolean;
  detail?: string;
}

/** What is wrong now. Raising what is raised, or clearing what is not, changes nothing and tells nobody. */
export class Warnings {
  readonly #raised = new Set<WarningCode>();
  readonly #changed: (change: WarningChange) => void;

  /** `changed` is called once per change: the composition root makes a report and a new state of it. */
  constructor(changed: (change: WarningChange) => void) {
    this.#changed = changed;
  }

  raise(code: WarningCode, detail?: string): void {
    if (this.#raised.has(code)) return;
    this.#raised.add(code);
    this.#changed({ code, raised: true, ...(detail === undefined ? {} : { detail: detail.slice(0, 400) }) });
  }

  clear(code: WarningCode): void {
    if (this.#raised.delete(code)) this.#changed({ code, raised: false });
  }

  /** Raised now, in the order of their numbers. */
  codes(): WarningCode[] {
    return [...this.#raised].sort((a, b) => WARNINGS[a].number - WARNINGS[b].number);
  }
}
