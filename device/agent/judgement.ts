import { KeySetDesk } from '../keys/key-set-desk.ts';
import { Keyring } from '../keys/keyring.ts';
import { OrderDesk } from '../orders/desk.ts';
import { Forgetting } from '../orders/forgetting.ts';
import type { Here } from '../orders/here.ts';
import { Restart } from '../orders/restart.ts';
import type { Playout } from '../playout/play.ts';
import { Prefetch } from '../programme/prefetch.ts';
import { ProgrammeKeeper } from '../programme/programme-keeper.ts';
import { ProgrammeRunner } from '../programme/runner.ts';
import type { MediaUnit } from './media-unit.ts';
import type { BootParts } from './parts.ts';
import type { Records } from './records.ts';

/** What this boot believes and decides: keys, orders, programmes. */
export interface Judgement {
  here: () => Here;
  keyring: Keyring;
  keySets: KeySetDesk;
  orders: OrderDesk;
  keeper: ProgrammeKeeper;
  runner: ProgrammeRunner;
  restart: Restart;
  prefetch: Prefetch;
  forgetting: Forgetting;
}

export function createJudgement(
  parts: BootParts,
  records: Records,
  playout: Playout,
  media: MediaUnit,
): Judgement {
  const { identity, clock, random, log, store } = parts;
  const boot = parts.boot.number;
  const { journal, refuse, failed, warnings } = records;
  const keyring = new Keyring(identity.keys);
  const here = (): Here => ({
    device: identity.device,
    village: identity.village,
    keys: keyring.set,
    now: clock.wall(),
    trust: clock.trust(),
    bootNonce: parts.boot.nonce,
  });
  const programmes = () => keeper.programmes;
  const changed = () => {
    runner.programmesChanged();
    prefetch.begin();
  };
  const keySets = new KeySetDesk({
    ...{ keyring, store, journal, log, refuse },
    changed: () => keeper.keysChanged(),
  });
  const orders = new OrderDesk({
    ...{ here, boot, clock, store, journal, refuse, failed },
    playout: { ...playout, submit: (...given) => hold(...given) },
  });
  const keeper = new ProgrammeKeeper({ here, store, journal, log, refuse, changed });
  const runner = new ProgrammeRunner({
    ...{ here, boot, clock, store, journal, playout, programmes, failed },
    isFirstHand: () => clock.isFirstHand,
  });
  const restart = new Restart({
    ...{ here, boot, clock, store, journal, playout, refuse, failed },
    silenced: orders.silenced,
    occurrence: (id) => runner.resume(id),
  });
  const prefetch = new Prefetch({
    ...{ clock, random, warnings, log },
    plan: () => media.room.plan(),
    allows: (need) => media.month.allows(need),
    fetch: ({ sha256, bytes }, signal) => media.fetcher.ensure(sha256, bytes, signal, 'ahead'),
  });
  // What an order needs hours from now is fetched now.
  const hold: Playout['submit'] = (play, acceptance) => {
    playout.submit(play, acceptance);
    if (play.startAt !== undefined) prefetch.begin();
  };
  const forgetting = new Forgetting({ here, clock, store, failed });
  return { here, keyring, keySets, orders, keeper, runner, restart, prefetch, forgetting };
}
