import type { Health, InputLevel } from '../../firmware-protocol/mqtt/messages.ts';
import { LiveInput } from '../inputs/live-input.ts';
import type { Play, Playout } from '../playout/play.ts';
import type { Claim } from '../ports.ts';
import type { BootParts } from './parts.ts';
import type { Records } from './records.ts';

/** Receiver and microphone of this hall. */
export interface LiveInputs {
  start(): void;
  stop(): Promise<void>;
  levels(): InputLevel[];
  health(): Pick<Health, 'inputs'>;
}

export function createInputs(parts: BootParts, records: Records, playout: Playout): LiveInputs {
  const { clock, log } = parts;
  const { warnings, journal, failed } = records;
  const accept = async (play: Play): Promise<void> => {
    // A full disk silences nobody: the playout writes what it can, when it can (F5).
    await journal
      .record([{ type: 'accepted', play: play.id, kind: 'live', outputs: play.outputs }], {
        claims: claimsOf(play, parts),
      })
      .catch(failed);
    playout.submit(play);
  };
  const hardware = parts.inputs?.({ clock, warnings }) ?? [];
  const inputs = hardware.map(
    (each) => new LiveInput({ hardware: each, accept, playout, clock, warnings, log }),
  );
  const levels = () => inputs.map((input) => input.level());
  return {
    start() {
      for (const input of inputs) input.start();
    },
    async stop() {
      await Promise.all(inputs.map((input) => input.stop()));
    },
    levels,
    health: () => (inputs.length === 0 ? {} : { inputs: levels() }),
  };
}

/** As of an order: durable before the first sample, so that a power cut is told, and nothing is repeated. */
function claimsOf({ id, outputs, latestStart }: Play, { boot, clock }: BootParts): Claim[] {
  return outputs.map((output) => ({
    ...{ play: id, output, boot: boot.number, at: clock.wall() },
    ...{ keep_until: latestStart, state: 'accepted' },
  }));
}
