import { signingKey } from '../../firmware-protocol/content/signature.ts';
import type { DeviceState } from '../../firmware-protocol/mqtt/messages.ts';
import { HealthDesk } from '../health/checks/health-desk.ts';
import { mediaSeen } from '../health/checks/media-seen.ts';
import { healthMessage } from '../health/health-message.ts';
import { EarlyDocuments } from '../link/early-documents.ts';
import type { Inbound } from '../link/lanes.ts';
import { Link } from '../link/link.ts';
import { RoundTrip } from '../link/round-trip.ts';
import { Outbox } from '../reports/outbox.ts';
import { TimeKeeper } from '../time/time-keeper.ts';
import { TimeWitnesses } from '../time/time-witnesses.ts';
import type { Updater } from '../update/updater.ts';
import { diagnose } from './diagnostics.ts';
import type { Judgement } from './judgement.ts';
import type { MediaUnit } from './media-unit.ts';
import type { BootParts, OutputUnit } from './parts.ts';
import { partsSeen } from './parts-seen.ts';
import type { Records } from './records.ts';
import { ScreenDesk } from './screen-desk.ts';

/** The line to the server, and what lives on it. */
export interface Line {
  link: Link;
  outbox: Outbox;
  roundTrip: RoundTrip;
  witnesses: TimeWitnesses;
  timeKeeper: TimeKeeper;
  /** Absent where nobody looks at the box. */
  health: HealthDesk | undefined;
}

export function createLine(
  parts: BootParts,
  records: Records,
  judgement: Judgement,
  media: MediaUnit,
  units: OutputUnit[],
  state: () => DeviceState,
  updates: Updater | undefined,
): Line {
  const { identity, clock, random, log, store, bus, system, boot } = parts;
  const { warnings, refuse } = records;
  const { device, village } = identity;
  const { keyring, keySets, orders, keeper, runner, restart, prefetch } = judgement;
  const keys = () => keyring.set;
  const health = () =>
    healthMessage({
      ...{ clock, system, store, units, box: () => desk?.reading ?? {} },
      media: () => desk?.media,
    });

  const screens = new ScreenDesk(units, clock);
  const learned = () => {
    orders.clockKnown();
    void restart.settle();
    runner.look();
    prefetch.begin();
    link.stateChanged();
  };
  const dropped = (lane: string, reason: 'too-large' | 'queue-full', { params }: Inbound) => {
    if (reason === 'queue-full') warnings.raise('inbox-full', lane);
    refuse({ refused: reason, detail: lane, ...(params.area && { what: `${lane}/${params.area}` }) });
  };
  const witnesses = new TimeWitnesses({
    ...{ clock, store, learned, warnings, log },
    sources: parts.timeSources ?? [],
  });
  const timeKeeper = new TimeKeeper({
    ...{ device, village, clock, random, store, keys, warnings, log },
    learned: () => {
      witnesses.serverTold();
      orders.serverTold();
      learned();
    },
    ask: (question) => link.publish('timeAsk', question),
  });
  const outbox = new Outbox({
    ...{ device, village, store, clock, random, keys, warnings, log },
    key: signingKey(device, identity.seed),
    send: (batch) => link.publish('report', batch),
  });
  const link: Link = new Link({
    ...{ bus, clock, random, log, device, village, state, health },
    boot: boot.number,
    handlers: {
      order: async (message) => orders.take(message),
      programme: async ({ payload, params }) =>
        early.judged(await keeper.take({ payload, area: params.area ?? '' })),
      release: async ({ payload, params }) =>
        early.judged(await updates?.take({ payload, area: params.area ?? '' })),
      keys: async (message) => early.keysJudged(await keySets.take(message)),
      receipt: ({ payload }) => outbox.receipt(payload),
      timeAnswer: ({ payload }) => {
        roundTrip.answered(payload);
        return timeKeeper.answer(payload);
      },
      request: ({ payload, params }) =>
        diagnose(params.what ?? '', payload, {
          state,
          health,
          checks: () => desk?.explained() ?? [],
          screens,
        }),
      dropped,
      connected: () => {
        warnings.clear('inbox-full');
        outbox.connected();
        updates?.connected();
        timeKeeper.connected();
        prefetch.begin();
      },
      disconnected: () => {
        outbox.disconnected();
        timeKeeper.disconnected();
      },
    },
  });
  const early = new EarlyDocuments(() => link.askAgain(0));
  const roundTrip = new RoundTrip({ clock, random, ask: (question) => link.publish('timeAsk', question) });
  const { machine } = parts;
  const desk =
    machine &&
    new HealthDesk({
      ...{ machine, clock, line: link, store, warnings, log },
      parts: () => partsSeen(units),
      media: async () => mediaSeen(await media.room.plan(), clock.wall()),
    });
  return { link, outbox, roundTrip, witnesses, timeKeeper, health: desk };
}
