import type { FrameBody } from '../../firmware-protocol/serial/catalogue.ts';
import type { Power } from './board-relay.ts';

/** What an amplifier that is off draws, mA: its fan alone. host.h has the same. */
const FAN_MA = 12;

/** What a virtual board measures: set by tests, read by the host. */
export class BoardSensors {
  temperatureC = 41.5;
  lightLux = 800;
  supplyVolts = 5.02;
  /** While it is on. */
  readonly amplifier = { level: -1_200, current: 850, temperature: 385, supply: 24_100 };
  amplifierFaults: FrameBody<'amplifier-measure'>['faults'] = [];
  gain = 0;
  /** Modules that do not work, counted row by row from 0. */
  readonly faultyModules = new Set<number>();
  readonly #modules: { columns: number; rows: number };

  constructor(modules: { columns: number; rows: number }) {
    this.#modules = modules;
  }

  measure(): FrameBody<'measure'> {
    return {
      known: ['temperature', 'light', 'supply'],
      temperature: Math.round(this.temperatureC * 10),
      light: Math.round(this.lightLux),
      supply: Math.round(this.supplyVolts * 1_000),
    };
  }

  /** @param contact what its relay really does: where it is open, no more than the fan's current flows. */
  amplifierMeasure(contact: Power): FrameBody<'amplifier-measure'> {
    const known = ['level', 'current', 'temperature', 'supply'] as const;
    const current = contact === 'on' ? this.amplifier.current : FAN_MA;
    return { known: [...known], ...this.amplifier, current, faults: this.amplifierFaults };
  }

  moduleFaults(): FrameBody<'module-faults'> {
    const { columns, rows } = this.#modules;
    const faults = new Uint8Array(Math.ceil((columns * rows) / 8));
    for (const module of this.faultyModules)
      faults[module >>> 3] = (faults[module >>> 3] ?? 0) | (1 << (module & 7));
    return { columns, rows, faults };
  }
}
