import { KeySetDesk } from '../keys/key-set-desk.ts';
import { Keyring } from '../keys/keyring.ts';
import type { MediaFetcher } from '../media/fetcher.ts';
import { OrderDesk } from '../orders/desk.ts';
import { Forgetting } from '../orders/forgetting.ts';
import type { Here } from '../orders/here.ts';
import { Restart } from '../orders/restart.ts';
import type { Playout } from '../playout/play.ts';
import { Prefetch } from '../programme/prefetch.ts';
import { ProgrammeKeeper } from '../programme/programme-keeper.ts';
import { ProgrammeRunner } from '../programme/runner.ts';
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
  media: MediaFetcher,
): Judgement {
  const { identity, clock, random, log, store } = parts;
  const boot = parts.boot.number;
  const { journal, refuse, failed } = records;
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
  const keySets = new KeySetDesk({ keyring, store, journal, log, refuse });
  const orders = new OrderDesk({ here, boot, clock, store, journal, playout, refuse, failed });
  const keeper = new ProgrammeKeeper({ here, store, journal, log, refuse, changed });
  const runner = new ProgrammeRunner({ here, boot, clock, store, journal, playout, programmes, failed });
  const restart = new Restart({
    ...{ here, boot, clock, store, journal, playout, refuse, failed },
    silenced: orders.silenced,
    occurrence: (id) => runner.resume(id),
  });
  const prefetch = new Prefetch({
    ...{ clock, random, programmes, log },
    fetch: (ref, signal) => media.ensure(ref.sha256, ref.bytes, signal),
  });
  const forgetting = new Forgetting({ here, clock, store, failed });
  return { here, keyring, keySets, orders, keeper, runner, restart, prefetch, forgetting };
}
