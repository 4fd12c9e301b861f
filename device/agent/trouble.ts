import type { ReportEvent } from '../../firmware-protocol/content/report.ts';
import { WARNINGS, type WarningCode } from '../../firmware-protocol/content/warnings/warning-catalogue.ts';
import { DeviceError } from '../errors.ts';
import type { Warnings } from '../health/warnings.ts';
import type { Change, Journal, Log } from '../ports.ts';

/** Turns errors into warnings where they have one, and logs them all. */
export function troubleshooter(warnings: Warnings, log: Log): (error: unknown) => void {
  return (error) => {
    log.error({ error }, 'trouble');
    if (error instanceof DeviceError && isWarning(error.code)) warnings.raise(error.code, error.message);
  };
}

function isWarning(code: string): code is WarningCode {
  return code in WARNINGS;
}

/** A journal that warns while the store cannot write, and says so when it can again (F5). */
export class WatchedJournal implements Journal {
  readonly #journal: Journal;
  readonly #warnings: Warnings;
  readonly #failed: (error: unknown) => void;

  constructor(journal: Journal, warnings: Warnings, failed: (error: unknown) => void) {
    this.#journal = journal;
    this.#warnings = warnings;
    this.#failed = failed;
  }

  async record(events: ReportEvent[], change?: Omit<Change, 'reports'>): Promise<void> {
    try {
      await this.#journal.record(events, change);
    } catch (error) {
      this.#failed(error);
      throw error;
    }
    this.#warnings.clear('store-full');
    this.#warnings.clear('store-failed');
  }
}
