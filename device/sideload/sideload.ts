import { type AreaCode, type DeviceId, lineageOf } from '../../firmware-protocol/content/area.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import { type SideloadResult, STICK } from '../../firmware-protocol/stick/layout.ts';
import { DeviceError } from '../errors.ts';
import type { KeySetDesk } from '../keys/key-set-desk.ts';
import type { Keyring } from '../keys/keyring.ts';
import type { MediaNeed } from '../media/media-need.ts';
import type { MediaRoom } from '../media/media-room.ts';
import type { OrderDesk } from '../orders/desk.ts';
import type { Clock, Journal, Log, MediaStore, Store } from '../ports.ts';
import type { ProgrammeKeeper } from '../programme/programme-keeper.ts';
import type { Updater } from '../update/updater.ts';
import { readKeySets } from './key-sets.ts';
import type { Stick, StickPlaces } from './stick.ts';
import { Tally } from './tally.ts';

export interface SideloadNeeds {
  device: DeviceId;
  village: AreaCode;
  keyring: Pick<Keyring, 'version'>;
  sticks: Pick<StickPlaces, 'open'>;
  keySets: Pick<KeySetDesk, 'take'>;
  keeper: Pick<ProgrammeKeeper, 'take'>;
  orders: Pick<OrderDesk, 'take'>;
  /** Undefined = this agent is replaced by other hands. */
  releases: Pick<Updater, 'take' | 'lacks'> | undefined;
  store: Pick<Store, 'claim'>;
  mediaStore: Pick<MediaStore, 'adopt'>;
  room: Pick<MediaRoom, 'plan' | 'makeRoom' | 'used'>;
  /** Writes what the server has not receipted; resolves to how many batches there are now. */
  writeReports: (stick: Stick) => Promise<number>;
  /** Files came: what still lacks is looked at anew. */
  changed: () => void;
  journal: Journal;
  clock: Pick<Clock, 'wall'>;
  log: Log;
}

/**
 * Takes from a stick what the wire would bring: each document goes through the desk or gate of its kind, as if it had just
 * come; a file only when something accepted needs it, by its hash.
 */
export class Sideload {
  readonly #needs: SideloadNeeds;
  #last: Promise<unknown> = Promise.resolve();

  constructor(needs: SideloadNeeds) {
    this.#needs = needs;
  }

  /** One stick after the other. Rejects `stick-unreadable` when there is nothing of ours in the folder. */
  take(folder: string): Promise<SideloadResult> {
    const done = this.#last.then(() => this.#take(this.#needs.sticks.open(folder)));
    this.#last = done.catch(() => {});
    return done;
  }

  async #take(stick: Stick): Promise<SideloadResult> {
    const { device, clock, log, changed } = this.#needs;
    const tally = new Tally();
    let seen = await this.#takeKeys(stick, tally);
    seen += await this.#takeProgrammes(stick, tally);
    seen += await this.#takeOrders(stick, tally);
    seen += await this.#takeReleases(stick, tally);
    const missing = await this.#takeFiles(stick, tally, seen);
    const { taken, had, notNeeded: not_needed, refused, refusedCount: refused_count } = tally;
    const at = instantOf(clock.wall());
    await this.#record(tally).catch((error: unknown) =>
      log.error({ error }, 'the stick could not be reported'),
    );
    const reports_written = await this.#needs.writeReports(stick).catch((error: unknown) => {
      log.warn({ error }, 'no reports were written to the stick');
      return 0;
    });
    const found = { had, not_needed, missing, refused, refused_count, reports_written };
    log.info({ folder: stick.folder, taken, had, missing, refused_count }, 'a stick was read');
    changed();
    return { folder: stick.folder, at, device, taken, ...found };
  }

  /** Resolves to how many files there were. */
  async #takeKeys(stick: Stick, tally: Tally): Promise<number> {
    const { files } = await stick.list('keys');
    for (const name of files)
      await tally.careful(name, async () => {
        const sets = readKeySets(await stick.read(name, STICK.keys.maxBytes));
        if ('refused' in sets) return tally.refuse(name, sets.refused, sets.detail);
        for (const { version, payload } of sets.keySets) {
          // A chain begins before what we have: what it leads on from is no attempt to go back.
          const isPast = version < this.#needs.keyring.version;
          const verdict = isPast ? 'had' : await this.#needs.keySets.take({ payload, via: 'stick' });
          if (tally.verdict(name, verdict)) tally.taken.keys.push(version);
        }
      });
    return files.length;
  }

  /** A stick is for many halls: what is for others is passed over. */
  async #takeProgrammes(stick: Stick, tally: Tally): Promise<number> {
    const { keeper, village } = this.#needs;
    const { taken } = tally;
    const { files, strange } = await stick.list('programmes');
    const ours = lineageOf(village).map((area) => `programmes/${area}.json`);
    const forUs = files.filter((name) => ours.includes(name));
    for (const name of forUs)
      await tally.careful(name, async () => {
        const payload = await stick.read(name, STICK.programmes.maxBytes);
        const area = nameIn(name);
        const verdict = await keeper.take({ payload, area, via: 'stick' });
        if (tally.verdict(name, verdict)) taken.programmes.push({ area, version: versionIn(payload) });
      });
    for (const name of strange) tally.refuse(name, 'strange-name');
    tally.notNeeded += files.length - forUs.length;
    return files.length;
  }

  async #takeOrders(stick: Stick, tally: Tally): Promise<number> {
    const { orders, store, device, village } = this.#needs;
    const { taken } = tally;
    const { files, strange } = await stick.list('orders');
    const names = new Set<unknown>([...lineageOf(village), `device/${device}`]);
    for (const name of files)
      await tally.careful(name, async () => {
        const payload = await stick.read(name, STICK.orders.maxBytes);
        const id = nameIn(name);
        if (targetsOf(payload)?.every((target) => !names.has(target))) return void tally.notNeeded++;
        const isSeen = (await store.claim(id, 'tower')) ?? (await store.claim(id, 'panel'));
        const verdict = isSeen ? 'had' : orders.take({ payload, retained: false, via: 'stick' });
        if (tally.verdict(name, verdict ?? 'taken')) taken.orders.push(id);
      });
    for (const name of strange) tally.refuse(name, 'strange-name');
    return files.length;
  }

  async #takeReleases(stick: Stick, tally: Tally): Promise<number> {
    const { releases, village } = this.#needs;
    const { files, strange } = await stick.list('releases');
    const ours = lineageOf(village).map((area) => `releases/${area}.json`);
    const forUs = releases === undefined ? [] : files.filter((name) => ours.includes(name));
    for (const name of forUs)
      await tally.careful(name, async () => {
        const payload = await stick.read(name, STICK.releases.maxBytes);
        const area = nameIn(name);
        const verdict = (await releases?.take({ payload, area, via: 'stick' })) ?? 'had';
        if (tally.verdict(name, verdict))
          tally.taken.releases.push({ area, version: String(memberOf(payload, 'version')) });
      });
    for (const name of strange) tally.refuse(name, 'strange-name');
    tally.notNeeded += files.length - forUs.length;
    return files.length;
  }

  /** The manifest of a release tells which files it lacks, so they come in two goes. Resolves to how many came. */
  async #takeParts(stick: Stick, tally: Tally, there: ReadonlySet<string>): Promise<number> {
    const before = tally.taken.files;
    for (const _go of ['manifest', 'files'])
      for (const part of (await this.#needs.releases?.lacks()) ?? []) {
        const name = `media/${part.sha256}`;
        if (there.has(name)) await tally.careful(name, () => this.#takeFile(stick, name, part, tally));
      }
    return tally.taken.files - before;
  }

  /** What is needed first comes first: a stick that is pulled has brought the most. Resolves to what still lacks. */
  async #takeFiles(stick: Stick, tally: Tally, seen: number): Promise<number> {
    const { files, strange } = await stick.list('media');
    for (const name of strange) tally.refuse(name, 'strange-name');
    if (seen + files.length + strange.length === 0)
      throw new DeviceError('stick-unreadable', { folder: stick.folder, reason: 'no-file' });
    const there = new Set(files);
    const before = await this.#needs.room.plan();
    for (const need of before.fetch) {
      const name = `media/${need.sha256}`;
      if (there.has(name)) await tally.careful(name, () => this.#takeFile(stick, name, need, tally));
    }
    const parts = await this.#takeParts(stick, tally, there);
    const { keep, fetch } = await this.#needs.room.plan();
    const needed = [...keep].filter((sha256) => there.has(`media/${sha256}`));
    tally.had += needed.length - before.fetch.filter(({ sha256 }) => there.has(`media/${sha256}`)).length;
    tally.notNeeded += files.length - needed.length - parts;
    return fetch.length;
  }

  async #takeFile(
    stick: Stick,
    name: string,
    need: Pick<MediaNeed, 'sha256' | 'bytes'>,
    tally: Tally,
  ): Promise<void> {
    const { room, mediaStore } = this.#needs;
    const { sha256, bytes } = need;
    const found = await stick.size(name);
    if (found !== bytes) return tally.refuse(name, 'wrong-file', `${found} bytes, announced ${bytes}`);
    room.used(sha256);
    await room.makeRoom(bytes);
    const path = await mediaStore.adopt(sha256, stick.chunks(name, bytes));
    if (path === undefined) return tally.refuse(name, 'wrong-file', 'it is not what its name says');
    tally.taken.files += 1;
    tally.taken.bytes += bytes;
  }

  /** A stick that brought nothing and had nothing wrong is no news. */
  async #record({ taken, refusedCount: refused }: Tally): Promise<void> {
    const { keys, programmes, orders, files } = taken;
    if (keys.length + programmes.length + orders.length + files + refused === 0) return;
    const counts = {
      keys: keys.length,
      programmes: programmes.length,
      orders: orders.length,
      files,
      refused,
    };
    await this.#needs.journal.record([{ type: 'sideloaded', ...counts }]);
  }
}

/** Whom an order names, as far as that can be read; one that cannot be read is judged by the gate. */
function targetsOf(payload: Uint8Array): unknown[] | undefined {
  try {
    const { to } = Object(JSON.parse(new TextDecoder().decode(payload)));
    return Array.isArray(to) ? to : undefined;
  } catch {
    return undefined;
  }
}

/** `programmes/4301.json` -> `4301`. */
function nameIn(path: string): string {
  return path.slice(path.indexOf('/') + 1, -'.json'.length);
}

/** Of a document that was just accepted. */
function versionIn(payload: Uint8Array): number {
  return Number(memberOf(payload, 'version'));
}

function memberOf(payload: Uint8Array, name: string): unknown {
  return Reflect.get(Object(JSON.parse(new TextDecoder().decode(payload))), name);
}
