import type { SideloadResult } from '../../firmware-protocol/stick/layout.ts';
import { isDeviceError } from '../errors.ts';
import { isRefused, type Verdict } from '../keys/document.ts';

/** More lines than a person reads; the count goes on. */
const REFUSED_SHOWN = 50;

/** Counts what comes of a stick. */
export class Tally {
  readonly taken: SideloadResult['taken'] = {
    ...{ keys: [], programmes: [], orders: [], releases: [] },
    ...{ files: 0, bytes: 0 },
  };
  readonly refused: SideloadResult['refused'] = [];
  refusedCount = 0;
  had = 0;
  notNeeded = 0;

  refuse(name: string, reason: string, detail?: string): void {
    this.refusedCount += 1;
    if (this.refused.length >= REFUSED_SHOWN) return;
    this.refused.push({ name: name.slice(0, 200), reason, ...(detail && { detail: detail.slice(0, 400) }) });
  }

  /** Whether it was taken. */
  verdict(name: string, verdict: Verdict): boolean {
    if (verdict === 'had') this.had += 1;
    else if (isRefused(Object(verdict))) {
      const { refused, detail } = Object(verdict);
      this.refuse(name, refused, detail);
    }
    return verdict === 'taken';
  }

  /** Does the work; one file that cannot be read, or not kept, holds up no other. Rejects with what is no such thing. */
  async careful(name: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (isDeviceError(error, 'stick-unreadable'))
        this.refuse(name, String(error.context.reason ?? 'unreadable'), error.message);
      else if (isDeviceError(error, 'store-full') || isDeviceError(error, 'store-failed'))
        this.refuse(name, 'no-room', error.message);
      else throw error;
    }
  }
}
