import { statfs } from 'node:fs/promises';
import { loadavg } from 'node:os';
import type { System } from '../../ports.ts';

/** Measurements of the process and of the disk that holds `folder`. */
export function nodeSystem(folder: string): System {
  return {
    async measure() {
      const free = await statfs(folder).then(
        (disk) => ({ disk_free_bytes: disk.bavail * disk.bsize }),
        () => ({}),
      );
      return {
        uptime_s: Math.floor(process.uptime()),
        rss_bytes: process.memoryUsage.rss(),
        load_1m: loadavg()[0] ?? 0,
        ...free,
      };
    },
  };
}
