import { defineConfig } from 'vitest/config';

/** They hold a clock against samples, bytes on a line or a deadline, or start many programs at once: beside more than one neighbour the machine's own delays are measured. */
const TIMED = [
  'test/integration/{sound,inputs,serial}/**/*.test.ts',
  'test/integration/agent/a-page-that-runs.test.ts',
  'test/integration/cli/{panel-measure,quick-help}.test.ts',
  'test/integration/signs/signs-on-real-lines.test.ts',
  'test/integration/store/limits.test.ts',
  'test/e2e/{demo,several-servers,stop-and-alert,alert-from-outside,live-microphone,wrong-player}.test.ts',
];
const REAL = ['test/{integration,e2e}/**/*.test.ts'];
/** They begin by loading a whole server: in a worker of their own each, that took longer than what they test. */
const SERVERS = ['test/integration/{server,http,enrolment,signer,broker,alerts,update,health}/**/*.test.ts'];
/** Journeys in a browser, which takes a core for itself. */
const BROWSER = ['test/e2e/console/**/*.test.ts'];

/** The groups run one after the other, so that a file has only neighbours of its own kind. Workers are for two cores, the smallest build machine. */
export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'quick',
          include: ['test/{unit,contract}/**/*.test.ts'],
          // Work of the processor. Nothing here has state of its module, so files of one worker share what they import.
          maxWorkers: 2,
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'worlds',
          include: ['test/sim/**/*.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'real',
          include: REAL,
          exclude: [...TIMED, ...BROWSER, ...SERVERS],
          // They wait for processes, lines and disks four fifths of their time; the last fifth is the start of those processes,
          // for which a third neighbour leaves room and a fourth did not.
          maxWorkers: 3,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'servers',
          include: SERVERS,
          maxWorkers: 3,
          // As in `quick`: files of one worker share what they import.
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: 'timed', include: TIMED, maxWorkers: 2, sequence: { groupOrder: 2 } },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: BROWSER,
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 90_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
