import { defineConfig } from 'vitest/config';
import SpreadByKind from './test/order-of-files.ts';

/** They hold a clock against samples, bytes on a line or a deadline, or start many programs at once: beside more than one neighbour the machine's own delays are measured. */
const TIMED = [
  'test/integration/{inputs,serial}/**/*.test.ts',
  // A card that vanishes is waited for.
  'test/integration/sound/!(card-vanishes).test.ts',
  'test/integration/agent/a-page-that-runs.test.ts',
  'test/integration/cli/{panel-measure,quick-help}.test.ts',
  'test/integration/signs/signs-on-real-lines.test.ts',
  'test/integration/store/limits.test.ts',
  'test/e2e/{demo,stop-and-alert,alert-from-outside,live-microphone,wrong-player}.test.ts',
  'test/e2e/console/fleet-nation.test.ts',
];

/** Two groups, one after the other. Workers are for two cores, the smallest build machine. */
export default defineConfig({
  test: {
    // Of a whole server with halls on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 90_000,
    // Files of one worker share what they import: loading a whole server took longer than what most of them test.
    isolate: false,
    setupFiles: 'test/e2e/after-each.ts',
    sequence: { sequencer: SpreadByKind },
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: TIMED,
          // What waits for processes, lines, sound and a browser beside what computes.
          maxWorkers: 4,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'timed', include: TIMED, maxWorkers: 2, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
