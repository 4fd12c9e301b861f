import { defineConfig } from 'vitest/config';
import SpreadByKind from './test/order-of-files.ts';

/**
 * They hold a clock against samples, bytes or a deadline: beside more than one neighbour the machine's own delays are measured. What only
 * waits, or has seconds to spare, is not among them.
 */
const TIMED = [
  'test/integration/sound/{amplifier-timeline,heard-by-a-microphone,makes-way,own-clock,player-conformance,tower-sound,tower-timing,wrong-player}.test.ts',
  'test/integration/inputs/{a-hall-with-a-receiver,arecord,ear-to-tower}.test.ts',
  'test/integration/serial/{amplifier,clock-and-measures,noise-on-a-pty,rates-of-a-pty,shared-line}.test.ts',
  'test/integration/cli/{panel-measure,quick-help}.test.ts',
  'test/e2e/{demo,stop-and-alert,live-microphone,wrong-player}.test.ts',
  'test/e2e/console/fleet-nation.test.ts',
];

/** Two groups, one after the other. Workers are for two cores, the smallest build machine. */
export default defineConfig({
  test: {
    // Of a whole server with halls on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 90_000,
    // A second, which is the default, is less than such a machine may be away for. Where the time matters the test names it.
    expect: { poll: { timeout: 10_000 } },
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
