import type { UpdatePhase } from '../../firmware-protocol/content/report.ts';
import type { Warnings } from '../health/warnings.ts';
import type { Journal, Log } from '../ports.ts';
import type { SlotState, Slots } from '../update-ports.ts';

export interface UpdateRecordsNeeds {
  journal: Journal;
  log: Log;
  warnings: Pick<Warnings, 'raise' | 'clear'>;
}

/** How updates are told: each step a report, what went wrong a warning as well. */
export class UpdateRecords {
  readonly #needs: UpdateRecordsNeeds;

  constructor(needs: UpdateRecordsNeeds) {
    this.#needs = needs;
  }

  async step(phase: UpdatePhase, version: string, reason?: string, detail?: string): Promise<void> {
    const { journal, log, warnings } = this.#needs;
    log.info({ phase, version, reason, detail }, 'update');
    if (phase === 'confirmed') warnings.clear('update-failed');
    await journal.record([
      {
        type: 'update',
        phase,
        version,
        ...(reason && { reason }),
        ...(detail && { detail: detail.slice(0, 400) }),
      },
    ]);
  }

  async failed(phase: UpdatePhase, version: string, reason: string, detail?: string): Promise<void> {
    this.#needs.warnings.raise('update-failed', `${version}: ${reason}`);
    await this.step(phase, version, reason, detail);
  }

  /** What the launcher did since the last word; told once. */
  async start(slots: Slots, { returned }: SlotState): Promise<void> {
    const { warnings } = this.#needs;
    const { instead } = slots.launched;
    if (returned !== undefined) await this.failed('returned', returned.version, returned.reason);
    if (instead === undefined) warnings.clear('update-base');
    else {
      warnings.raise('update-base', `${instead.version}: ${instead.reason}`);
      await this.step('returned', instead.version, instead.reason);
    }
    if (returned !== undefined) await slots.settled(true);
  }
}
