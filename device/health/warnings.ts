import { WARNINGS, type WarningCode } from './warning-catalogue.ts';

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
