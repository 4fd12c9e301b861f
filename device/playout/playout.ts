import type { Output } from '../../firmware-protocol/content/band.ts';
import { ExpiringPerformer } from './expiring-performer.ts';
import { Ledger, type LedgerParts } from './ledger.ts';
import { OutputRunner } from './output-runner.ts';
import type { Acceptance, Performer, Play, Playout } from './play.ts';
import { PLAYOUT_TIMES } from './playout-times.ts';

export interface PlayoutParts extends LedgerParts {
  /** One per output that the device has. */
  performers: Performer[];
}

/** The playout of a device: one runner per output, arbitrated separately, and one ledger for what they do. */
export function createPlayout({ performers, ...parts }: PlayoutParts): Playout {
  const ledger = new Ledger(parts);
  const runners = new Map<Output, OutputRunner>(
    performers.map((performer) => [
      performer.output,
      new OutputRunner({
        performer: new ExpiringPerformer(performer, parts.clock),
        ledger,
        clock: parts.clock,
        log: parts.log,
      }),
    ]),
  );
  const all = <T>(ask: (runner: OutputRunner) => Promise<T>) => Promise.all([...runners.values()].map(ask));

  const submit = (play: Play, acceptance?: Acceptance) => {
    if (acceptance !== undefined) ledger.owe(play, acceptance);
    // First: what is owed is complete before an output's own record takes it along.
    for (const output of play.outputs) if (!runners.has(output)) ledger.absent(play, output);
    for (const output of play.outputs) runners.get(output)?.submit(play);
  };

  return {
    submit,
    async stop(which, by) {
      await all((runner) => runner.stop(which, by));
    },
    bandOf(play) {
      return [...runners.values()].map((runner) => runner.bandOf(play)).find((band) => band !== undefined);
    },
    overdueMs() {
      return Math.max(0, ...[...runners.values()].map((runner) => runner.overdueMs()));
    },
    now() {
      const known = [...runners].map(([output, runner]) => [output, runner.now()] as const);
      return Object.fromEntries(known.filter(([, now]) => now !== undefined));
    },
    async close() {
      await all((runner) => runner.close());
      await ledger.close(PLAYOUT_TIMES.closeMs);
    },
  };
}
