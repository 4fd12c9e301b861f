import { WARNINGS, type WarningCode } from '../../firmware-protocol/content/warnings/warning-catalogue.ts';

/** Of what a part said. */
const MOST_LETTERS = 400;

export interface WarningChange {
  code: WarningCode;
  raised: boolean;
  detail?: string;
}

/** What is wrong now. Raising what is raised, or clearing what is not, changes nothing and tells nobody. */
export class Warnings {
  readonly #raised = new Map<WarningCode, string | undefined>();
  /** Raised by the run before, and neither found again nor cleared by this one. */
  readonly #inherited = new Set<WarningCode>();
  readonly #changed: (change: WarningChange) => void;

  /** `changed` is called once per change: the composition root makes a report and a new state of it. */
  constructor(changed: (change: WarningChange) => void) {
    this.#changed = changed;
  }

  raise(code: WarningCode, said?: string): void {
    this.#inherited.delete(code);
    const detail = said?.slice(0, MOST_LETTERS);
    const isNew = !this.#raised.has(code);
    if (isNew || detail !== undefined) this.#raised.set(code, detail);
    if (isNew) this.#changed({ code, raised: true, ...(detail === undefined ? {} : { detail }) });
  }

  /** `why`, where it says more than that it is over. */
  clear(code: WarningCode, why?: string): void {
    this.#inherited.delete(code);
    if (this.#raised.delete(code))
      this.#changed({ code, raised: false, ...(why === undefined ? {} : { detail: why }) });
  }

  /** Raised on the record by the run before, with what was said then: they go on, and nobody is told of it again. */
  inherit(raised: [code: WarningCode, detail: string | undefined][]): void {
    for (const [code, detail] of raised) {
      if (this.#raised.has(code)) continue;
      this.#raised.set(code, detail);
      this.#inherited.add(code);
    }
  }

  /** Those of the run before that nobody has found again so far. */
  unconfirmed(): WarningCode[] {
    return [...this.#inherited];
  }

  has(code: WarningCode): boolean {
    return this.#raised.has(code);
  }

  /** What was said last with one that is raised; undefined = nothing, or it is not raised. */
  detail(code: WarningCode): string | undefined {
    return this.#raised.get(code);
  }

  /** What was said with each one that is raised; who had nothing to say is absent. */
  details(): Partial<Record<WarningCode, string>> {
    return Object.fromEntries([...this.#raised].filter(([, detail]) => detail !== undefined));
  }

  /** Raised now, in the order of their numbers. */
  codes(): WarningCode[] {
    return [...this.#raised.keys()].sort((a, b) => WARNINGS[a].number - WARNINGS[b].number);
  }
}
