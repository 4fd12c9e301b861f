import type { DeviceState } from '../../firmware-protocol/mqtt/messages.ts';
import { isDeviceError } from '../errors.ts';
import { healthMessage } from '../health/health-message.ts';
import type { LocalHall } from '../local/local-hall.ts';
import type { Play, Playout } from '../playout/play.ts';
import type { Claim } from '../ports.ts';
import type { Judgement } from './judgement.ts';
import type { Line } from './line.ts';
import type { LiveInputs } from './live-inputs.ts';
import type { BootParts, OutputUnit } from './parts.ts';
import type { Records } from './records.ts';
import type { Sideloading } from './sideloading.ts';

interface Inside {
  parts: BootParts;
  records: Records;
  judgement: Judgement;
  units: OutputUnit[];
  sideloading: Sideloading;
  playout: Playout;
  line: Line;
  state: () => DeviceState;
  inputs: LiveInputs;
}

/** The agent as somebody at the box may see it, and the one thing that he may have it do: a test play. */
export function localHall(inside: Inside): LocalHall {
  const { parts, records, judgement, units, line, state, inputs } = inside;
  const { identity, clock, system, store, boot } = parts;
  const { link, roundTrip } = line;
  return {
    ...{ device: identity.device, clock, state, recent: records.recent },
    details: () => records.warnings.details(),
    outputs: units.flatMap(({ performer }) => performer?.output ?? []),
    health: () =>
      healthMessage({
        ...{ clock, system, store, units: [...units, inputs] },
        box: () => line.health?.reading ?? {},
        media: () => line.health?.media,
      }),
    checks: async (isNow) => (await (isNow ? line.health?.explainedNow() : line.health?.explained())) ?? [],
    programmes: () => judgement.keeper.programmes,
    play: (play) => accept(play, inside),
    sideload: (folder) => inside.sideloading.sideload.take(folder),
    stop: (by) => inside.playout.stop('everything', by),
    inputLevels: async () => inputs.levels(),
    async link() {
      const trouble = link.connected() ? undefined : link.trouble();
      return {
        broker: new URL(identity.broker).host,
        connected: link.connected(),
        ...(trouble !== undefined && { trouble: troubleWords(trouble).slice(0, 400) }),
        reports_waiting: await store.waiting(),
      };
    },
    async roundTrip() {
      const asked = clock.monotonic();
      // What the broker holds already, once more: its acknowledgement is timed, and nobody learns anything else from it.
      await link.publish('presence', { state: 'online', boot: boot.number });
      const broker_ms = clock.monotonic() - asked;
      const server_ms = await roundTrip.measure();
      return { broker_ms, ...(server_ms !== undefined && { server_ms }) };
    },
  };
}

/** As an order: the claim is durable before anything sounds, so a power cut in a test is told and never repeated. */
async function accept(play: Play, { parts, records, playout }: Inside): Promise<void> {
  const { id, outputs, latestStart, atNight } = play;
  const kind = atNight ? 'test-at-night' : 'test';
  const claims = outputs.map(
    (output): Claim => ({
      ...{ play: id, output, boot: parts.boot.number, at: parts.clock.wall() },
      ...{ keep_until: latestStart, state: 'accepted' },
    }),
  );
  await records.journal.record([{ type: 'accepted', play: id, kind, outputs }], { claims });
  playout.submit(play);
}

function troubleWords(trouble: unknown): string {
  if (!isDeviceError(trouble)) return trouble instanceof Error ? trouble.message : String(trouble);
  return `${trouble.code} ${JSON.stringify(trouble.context)}`;
}
