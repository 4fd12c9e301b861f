import type { DeviceState } from '../firmware-protocol/mqtt/messages.ts';
import { createJudgement, type Judgement } from './agent/judgement.ts';
import { createLaws, type LawsUnit } from './agent/laws-unit.ts';
import { createLine, type Line } from './agent/line.ts';
import { createInputs, type LiveInputs } from './agent/live-inputs.ts';
import { localHall } from './agent/local-hall.ts';
import { createMedia, type MediaUnit } from './agent/media-unit.ts';
import type { AgentParts, BootParts, OutputUnit } from './agent/parts.ts';
import { createRecords, type Records } from './agent/records.ts';
import { createSideloading, type Sideloading } from './agent/sideloading.ts';
import { stateOf } from './agent/state.ts';
import { turningsOf } from './agent/turnings.ts';
import { createUpdates } from './agent/updates.ts';
import type { Link } from './link/link.ts';
import type { LocalHall } from './local/local-hall.ts';
import { RECENT_EVENTS } from './local/recent-events.ts';
import type { Playout } from './playout/play.ts';
import { createPlayout } from './playout/playout.ts';
import type { Clock } from './ports.ts';
import type { Turning } from './supervision/watchdog.ts';
import { type Boot, beginBoot, endBoot } from './time/boot.ts';
import { savedFloor } from './time/time-keeper.ts';
import { TrustedClock } from './time/trusted-clock.ts';
import { type Busy, whyNotNow } from './update/quiet-moment.ts';
import type { Updater } from './update/updater.ts';

const COUNT_AGAIN_MS = 60_000;
/** Longest that the rest of a hall waits for the line: a start without a network is no slower for anybody. */
const LISTENS_WITHIN_MS = 1_000;

/** Everything that lives from `start` to `stop`. */
interface Running {
  parts: BootParts;
  boot: Boot;
  records: Records;
  judgement: Judgement;
  media: MediaUnit;
  laws: LawsUnit;
  sideloading: Sideloading;
  units: OutputUnit[];
  playout: Playout;
  line: Line;
  state: () => DeviceState;
  updates: Updater | undefined;
  inputs: LiveInputs;
}

/** One hall: in which order its parts come to life, and in which they end. Holds no state of its own but that. */
export class Agent {
  readonly #parts: AgentParts;
  #running: Running | undefined;
  #listens: Promise<void> | undefined;

  constructor(parts: AgentParts) {
    this.#parts = parts;
  }

  /**
   * Counts the boot, settles what the last one left, and begins to listen. Needs no network and no hardware.
   * Rejects with DeviceError when the store cannot even be read.
   */
  async start(): Promise<void> {
    const { store, clock, builtAt, version, log } = this.#parts;
    const trusted = new TrustedClock(clock, await savedFloor(store, builtAt));
    const boot = await this.#countBoot(trusted);
    const running = joinUp({ ...this.#parts, clock: trusted, boot });
    this.#running = running;
    const { records, judgement, media, laws, units, line, updates, inputs } = running;
    const { keySets, keeper, orders, restart, runner, prefetch, forgetting } = judgement;
    await beginRecent(records, store).catch(records.failed);
    await records.warningRecord.load().catch(records.failed);
    await records.journal
      .record([{ type: 'booted', version, clean: boot.clean }])
      .catch(() => log.error({ boot: boot.number }, 'the boot could not be recorded'));
    await keySets.load();
    await keeper.load();
    await orders.load();
    await media.month.load();
    await laws.used.load();
    for (const unit of units) await unit.load?.();
    for (const unit of units) unit.start?.();
    await restart.begin();
    await runner.start();
    inputs.start();
    forgetting.start();
    prefetch.begin();
    await updates?.start();
    line.link.start();
    this.#listens = untilTried(line.link, trusted);
    void this.#listens.then(() => this.#running === running && beginLooking(running));
    log.info({ boot: boot.number, clean: boot.clean, trust: trusted.trust() }, 'the hall is up');
  }

  /** A full disk silences no hall (F5): the boot that cannot be counted now is counted when there is room. */
  async #countBoot(clock: TrustedClock): Promise<Boot> {
    const { store, random, log } = this.#parts;
    try {
      return await beginBoot(store, random);
    } catch (error) {
      log.error({ error }, 'the boot could not be counted yet');
      const number = Number((await store.fact('boot')) ?? 0) + 1;
      const countLater = () => {
        store
          .commit({ facts: { boot: String(number) } })
          .catch(() => clock.after(COUNT_AGAIN_MS, countLater));
      };
      clock.after(COUNT_AGAIN_MS, countLater);
      return { number, nonce: Buffer.from(random.bytes(16)).toString('base64url'), clean: false };
    }
  }

  /** Something in the data folder was not what it should be and was put aside; the server is told. */
  foundDamaged(found: { what: string; bytes: number; sha256: string }): void {
    const record = this.#running?.records.journal.record([{ type: 'quarantined', ...found }]);
    record?.catch(() => this.#parts.log.error({ ...found }, 'damage could not be reported'));
  }

  /**
   * Resolves when the hall listens, or cannot at once. Whatever starts programs or loads what few halls have waits for it: each
   * costs the one thread milliseconds in which no order is heard.
   */
  async listens(): Promise<void> {
    await this.#listens;
  }

  /** What the hall says of itself now; undefined while it is not up. */
  state(): DeviceState | undefined {
    return this.#running?.state();
  }

  /** What somebody at the box may see and do; undefined while it is not up. */
  local(): LocalHall | undefined {
    return this.#running && localHall(this.#running);
  }

  /** Why it would be missed if it ended now; undefined = it would not, or is not up. */
  async busy(): Promise<Busy | undefined> {
    if (this.#running === undefined) return undefined;
    const { judgement, playout, parts } = this.#running;
    const programmes = () => judgement.keeper.programmes;
    return await whyNotNow({ playout, store: parts.store, programmes, wall: () => parts.clock.wall() });
  }

  /** What a watchdog looks at; empty while the hall is not up. */
  turnings(): Turning[] {
    if (this.#running === undefined) return [];
    const { judgement, playout } = this.#running;
    return turningsOf({ store: this.#parts.store, orders: judgement.orders, playout });
  }

  /** Ends in the order in which nothing is lost: no new plays, silence, the last records, the line. */
  async stop(): Promise<void> {
    if (this.#running === undefined) return;
    const { boot, records, judgement, media, sideloading, units, playout, line, updates, inputs } =
      this.#running;
    this.#running = undefined;
    const { orders, runner, prefetch, forgetting } = judgement;
    updates?.stop();
    await sideloading.watch.stop();
    prefetch.stop();
    media.month.write();
    forgetting.stop();
    await inputs.stop();
    await runner.stop();
    await orders.idle();
    await playout.close();
    await Promise.all(units.map((unit) => unit.stop?.()));
    await records.refusals.flush();
    records.warningRecord.stop();
    line.health?.stop();
    line.witnesses.stop();
    await line.link.stop();
    await line.timeKeeper.close();
    await endBoot(this.#parts.store, boot).catch(records.failed);
  }
}

/** What the page at the hall shows of before this boot; of a long backlog the store knows the oldest only, which nobody asks for. */
async function beginRecent({ recent }: Records, store: AgentParts['store']): Promise<void> {
  if ((await store.waiting()) <= RECENT_EVENTS) recent.begin(await store.reports(RECENT_EVENTS));
}

function untilTried(link: Link, clock: Pick<Clock, 'after'>): Promise<void> {
  return new Promise((resolve) => {
    const forget = clock.after(LISTENS_WITHIN_MS, resolve);
    void link.tried().then(() => {
      forget();
      resolve();
    });
  });
}

/** For what is asked of other programs, and of what may be plugged in. */
function beginLooking({ line, records, sideloading, units }: Running): void {
  for (const unit of units) unit.look?.();
  line.witnesses.start().catch(records.failed);
  line.health?.start();
  sideloading.watch.start();
}

function joinUp(parts: BootParts): Running {
  const { clock, log, store, boot } = parts;
  const records = createRecords(parts, () => {
    outbox.wake();
    link.stateChanged();
  });
  const { journal, warnings } = records;
  const laws = createLaws(parts, records);
  const media: MediaUnit = createMedia(parts, records, () => judgement.keeper.programmes);
  const units = parts.outputs({
    clock,
    media: media.fetcher,
    laws,
    store,
    warnings,
    log,
    changed: () => link.stateChanged(),
  });
  const performers = units.flatMap(({ performer }) => performer ?? []);
  const playout = createPlayout({ performers, journal, store, boot: boot.number, clock, log });
  const inputs = createInputs(parts, records, playout);
  const judgement: Judgement = createJudgement(parts, records, playout, media);
  const state = () =>
    stateOf({
      ...{ ...judgement, version: parts.version, boot: boot.number, playout, units, warnings },
      laws: laws.book.laws,
      update: updates?.shown(),
    });
  const linked = () => link.connected();
  const updates = createUpdates(parts, records, judgement, {
    ...{ playout, media: media.fetcher, units, linked },
  });
  const line = createLine(parts, records, judgement, media, [...units, inputs], state, updates);
  const { link, outbox } = line;
  const sideloading = createSideloading(parts, records, judgement, media, updates);
  return {
    parts,
    boot,
    records,
    judgement,
    media,
    laws,
    sideloading,
    units,
    playout,
    line,
    state,
    updates,
    inputs,
  };
}
