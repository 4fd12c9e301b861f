import type { Output } from '../../firmware-protocol/content/band.ts';
import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import type { PlayOrder } from '../../firmware-protocol/content/order.ts';
import type { PlayId, ReportEvent } from '../../firmware-protocol/content/report.ts';
import { viaOf } from '../keys/document.ts';
import type { Play } from '../playout/play.ts';
import type { Claim } from '../ports.ts';
import { ended } from './ended.ts';
import { inTime } from './in-time.ts';
import { ORDER_PATIENCE_MS, type OrderNeeds, type VerifiedPlay } from './needs.ts';
import { lastMomentOf, playOf } from './play-of.ts';
import type { Silenced } from './silenced.ts';

const UNCLAIMED_LIMIT = 64;

/** Accepts verified orders that sound or show something: claimed durably, then handed to the playout, once. */
export class PlayOrders {
  readonly #needs: OrderNeeds;
  readonly #silenced: Silenced;
  /** Alerts of this boot, let through whether the store can write or not: known again without asking it. */
  readonly #unclaimed: PlayId[] = [];

  constructor(needs: OrderNeeds, silenced: Silenced) {
    this.#needs = needs;
    this.#silenced = silenced;
  }

  /** Without a durable claim nothing but an alert sounds; the server sends again until it is answered. */
  async take(verified: VerifiedPlay): Promise<void> {
    const { order } = verified;
    const { refuse, playout, here } = this.#needs;
    const play = playOf(order, lastMomentOf(order, here()));
    // Asked at once: each answer costs an alert a turn of the store.
    const [wasSeen, isSilenced] = await Promise.all([this.#wasSeen(order), this.#isSilenced(order)]);
    if (wasSeen) return refuse({ what: order.id, refused: 'seen', ...viaOf(verified) });
    if (isSilenced) return this.#acceptSilenced(verified, play);
    if (!(await this.#accepted(verified, play))) return;
    // A stop may have gone past while the claim was written.
    if (this.#silenced.coversInMemory(order)) return this.#cancel(play);
    playout.submit(play);
  }

  /** Whether it may be played: its claim is durable; or it is an alert, which sounds though nothing can be written. */
  async #accepted(verified: VerifiedPlay, play: Play): Promise<boolean> {
    const { order, document } = verified;
    const recorded = this.#needs.journal.record([accepted(verified, play)], {
      claims: play.outputs.map((output) => this.#claim(play, output, document)),
    });
    if (order.kind === 'alert') {
      this.#noteUnclaimed(order.id);
      await inTime(this.#needs, ORDER_PATIENCE_MS.alert, recorded);
      return true;
    }
    try {
      await recorded;
      return true;
    } catch (error) {
      this.#needs.failed(error);
      return false;
    }
  }

  #noteUnclaimed(id: PlayId): void {
    this.#unclaimed.push(id);
    if (this.#unclaimed.length > UNCLAIMED_LIMIT) this.#unclaimed.shift();
  }

  /** A store that cannot be asked silences no alert: what this boot knows of it decides. */
  async #asked(order: PlayOrder, answer: Promise<boolean>): Promise<boolean> {
    if (order.kind !== 'alert') return answer;
    return (await inTime(this.#needs, ORDER_PATIENCE_MS.alert, answer)) ?? false;
  }

  async #isSilenced(order: PlayOrder): Promise<boolean> {
    if (this.#silenced.coversInMemory(order)) return true;
    return this.#asked(order, this.#silenced.covers(order));
  }

  async #wasSeen(order: PlayOrder): Promise<boolean> {
    return this.#unclaimed.includes(order.id) || this.#asked(order, this.#wasClaimed(order));
  }

  /** A claim says so; or the store lost its claims, and who could have been claimed then is not played again. */
  async #wasClaimed(order: PlayOrder): Promise<boolean> {
    const { store } = this.#needs;
    const [onTower, onPanel, forgot] = await Promise.all([
      store.claim(order.id, 'tower'),
      store.claim(order.id, 'panel'),
      store.fact('forgot-before'),
    ]);
    if (onTower !== undefined || onPanel !== undefined) return true;
    const forgotBefore = Number(forgot ?? 0);
    return !order.at_least_once && epochMsOf(order.issued_at) < forgotBefore;
  }

  /** It was stopped before it came: the server gets the whole story in one record, and nobody hears a thing. */
  async #acceptSilenced(verified: VerifiedPlay, play: Play): Promise<void> {
    await this.#cancel(play, [accepted(verified, play)]);
  }

  async #cancel(play: Play, before: ReportEvent[] = []): Promise<void> {
    const { journal, here } = this.#needs;
    const claims = play.outputs.map((output): Claim => {
      return { ...this.#claim(play, output), state: 'ended', outcome: 'cancelled' };
    });
    await journal.record(
      [
        ...before,
        ...play.outputs.map((output) => ended(play.id, output, 'cancelled', here().now, 'stopped')),
      ],
      { claims },
    );
  }

  #claim(play: Play, output: Output, document?: string): Claim {
    const at = this.#needs.here().now;
    return {
      play: play.id,
      output,
      boot: this.#needs.boot,
      at,
      keep_until: play.latestStart,
      state: 'accepted',
      ...(document === undefined ? {} : { document }),
    };
  }
}

function accepted(verified: VerifiedPlay, play: Play): ReportEvent {
  const { id, outputs } = play;
  return { type: 'accepted', play: id, kind: verified.order.kind, outputs, ...viaOf(verified) };
}
