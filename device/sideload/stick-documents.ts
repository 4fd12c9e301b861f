import { type AreaCode, type DeviceId, lineageOf } from '../../firmware-protocol/content/area.ts';
import { STICK } from '../../firmware-protocol/stick/layout.ts';
import type { KeySetDesk } from '../keys/key-set-desk.ts';
import type { Keyring } from '../keys/keyring.ts';
import type { OrderDesk } from '../orders/desk.ts';
import type { Store } from '../ports.ts';
import type { ProgrammeKeeper } from '../programme/programme-keeper.ts';
import type { Updater } from '../update/updater.ts';
import { readKeySets } from './key-sets.ts';
import type { Stick } from './stick.ts';
import type { Tally } from './tally.ts';

/** The desk or gate of each kind of document. */
export interface DocumentNeeds {
  device: DeviceId;
  village: AreaCode;
  keyring: Pick<Keyring, 'version'>;
  keySets: Pick<KeySetDesk, 'take'>;
  keeper: Pick<ProgrammeKeeper, 'take'>;
  orders: Pick<OrderDesk, 'take'>;
  /** Undefined = this agent is replaced by other hands. */
  releases: Pick<Updater, 'take' | 'lacks'> | undefined;
  store: Pick<Store, 'claim'>;
}

/** Gives the documents of one folder to their desk; resolves to how many there were. */
type TakeDocuments = (stick: Stick, tally: Tally, needs: DocumentNeeds) => Promise<number>;

/** Keys first: they judge the rest. */
const IN_ORDER: readonly TakeDocuments[] = [takeKeys, takeProgrammes, takeOrders, takeReleases];

/** Each document goes through the desk of its kind, as if it had just come. Resolves to how many there were. */
export async function takeDocuments(stick: Stick, tally: Tally, needs: DocumentNeeds): Promise<number> {
  let seen = 0;
  for (const take of IN_ORDER) seen += await take(stick, tally, needs);
  return seen;
}

async function takeKeys(stick: Stick, tally: Tally, { keyring, keySets }: DocumentNeeds): Promise<number> {
  const { files } = await stick.list('keys');
  for (const name of files)
    await tally.careful(name, async () => {
      const sets = readKeySets(await stick.read(name, STICK.keys.maxBytes));
      if ('refused' in sets) return tally.refuse(name, sets.refused, sets.detail);
      for (const { version, payload } of sets.keySets) {
        // A chain begins before what we have: what it leads on from is no attempt to go back.
        const isPast = version < keyring.version;
        const verdict = isPast ? 'had' : await keySets.take({ payload, via: 'stick' });
        if (tally.verdict(name, verdict)) tally.taken.keys.push(version);
      }
    });
  return files.length;
}

async function takeProgrammes(stick: Stick, tally: Tally, needs: DocumentNeeds): Promise<number> {
  return takeOfAreas('programmes', stick, tally, needs.village, async (name, area, payload) => {
    const verdict = await needs.keeper.take({ payload, area, via: 'stick' });
    if (tally.verdict(name, verdict))
      tally.taken.programmes.push({ area, version: Number(memberOf(payload, 'version')) });
  });
}

async function takeReleases(stick: Stick, tally: Tally, needs: DocumentNeeds): Promise<number> {
  const { releases, village } = needs;
  return takeOfAreas('releases', stick, tally, releases && village, async (name, area, payload) => {
    const verdict = (await releases?.take({ payload, area, via: 'stick' })) ?? 'had';
    if (tally.verdict(name, verdict))
      tally.taken.releases.push({ area, version: String(memberOf(payload, 'version')) });
  });
}

/** A stick is for many halls: what is for others is passed over. `village` undefined: all of it is for others. */
async function takeOfAreas(
  kind: 'programmes' | 'releases',
  stick: Stick,
  tally: Tally,
  village: AreaCode | undefined,
  take: (name: string, area: string, payload: Uint8Array) => Promise<void>,
): Promise<number> {
  const { files, strange } = await stick.list(kind);
  const ours = village === undefined ? [] : lineageOf(village).map((area) => `${kind}/${area}.json`);
  const forUs = files.filter((name) => ours.includes(name));
  for (const name of forUs)
    await tally.careful(name, async () =>
      take(name, nameIn(name), await stick.read(name, STICK[kind].maxBytes)),
    );
  for (const name of strange) tally.refuse(name, 'strange-name');
  tally.notNeeded += files.length - forUs.length;
  return files.length;
}

async function takeOrders(stick: Stick, tally: Tally, needs: DocumentNeeds): Promise<number> {
  const { orders, store, device, village } = needs;
  const { files, strange } = await stick.list('orders');
  const names = new Set<unknown>([...lineageOf(village), `device/${device}`]);
  for (const name of files)
    await tally.careful(name, async () => {
      const payload = await stick.read(name, STICK.orders.maxBytes);
      const id = nameIn(name);
      if (targetsOf(payload)?.every((target) => !names.has(target))) return void tally.notNeeded++;
      const isSeen = (await store.claim(id, 'tower')) ?? (await store.claim(id, 'panel'));
      const verdict = isSeen ? 'had' : orders.take({ payload, retained: false, via: 'stick' });
      if (tally.verdict(name, verdict ?? 'taken')) tally.taken.orders.push(id);
    });
  for (const name of strange) tally.refuse(name, 'strange-name');
  return files.length;
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
function memberOf(payload: Uint8Array, name: string): unknown {
  return Reflect.get(Object(JSON.parse(new TextDecoder().decode(payload))), name);
}
