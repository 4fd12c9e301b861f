import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ProcessFigures } from '../ports.ts';

/** Of this process; the lag is that since the last time it was asked. */
export function processFigures(): { read: ProcessFigures; stop: () => void } {
  const lag = monitorEventLoopDelay({ resolution: 20 });
  lag.enable();
  const startedAtSeconds = Math.round(Date.now() / 1_000 - process.uptime());
  return {
    read: () => {
      const { user, system } = process.cpuUsage();
      const loopLagSeconds = lag.percentile(99) / 1e9;
      lag.reset();
      return {
        cpuSeconds: (user + system) / 1e6,
        residentBytes: process.memoryUsage.rss(),
        startedAtSeconds,
        loopLagSeconds,
      };
    },
    stop: () => lag.disable(),
  };
}
