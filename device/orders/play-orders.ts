import type { Output } from '../../firmware-protocol/content/band.ts';
import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import type { PlayOrder } from '../../firmware-protocol/content/order.ts';
import type { PlayId, ReportEvent } from '../../firmware-protocol/content/report.ts';
import { viaOf } from '../keys/document.ts';
import type { Acceptance, Play } from '../playout/play.ts';
import type { Claim, Store } from '../ports.ts';
import { ended } from './ended.ts';
import { inTime } from './in-time.ts';
import { ORDER_PATIENCE_MS, type OrderNeeds, type VerifiedPlay } from './needs.ts';
import { lastMomentOf, playOf } from './play-of.ts';
import { type Silenced, silenceNameOf } from './silenced.ts';

const UNCLAIMED_LIMIT = 64;

/**
 * Accepts verified orders that sound or show something, once: claimed durably, then handed to the playout. An alert is handed over at
 * once, and its claim becomes durable together with its start, before anything is heard: one commit less to wait for.
 */
export class PlayOrders {
  readonly #needs: OrderNeeds;
  readonly #silenced: Silenced;
  /** Alerts of this boot, let through before the store has written them, or can: known again without asking it. */
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
    const { wasSeen, isSilenced } = await this.#remembered(order);
    if (wasSeen) return refuse({ what: order.id, refused: 'seen', ...viaOf(verified) });
    if (isSilenced) return this.#acceptSilenced(verified, play);
    const acceptance = this.#acceptance(verified, play);
    if (order.kind === 'alert') {
      this.#noteUnclaimed(order.id);
      return playout.submit(play, acceptance);
    }
    if (!(await this.#isDurable(acceptance))) return;
    // A stop may have gone past while the claim was written.
    if (this.#silenced.coversInMemory(order)) return this.#cancel(play);
    playout.submit(play);
  }

  #acceptance(verified: VerifiedPlay, play: Play): Acceptance {
    const claims = play.outputs.map((output) => this.#claim(play, output, verified.document));
    return { events: [accepted(verified, play)], claims };
  }

  async #isDurable({ events, claims }: Acceptance): Promise<boolean> {
    try {
      await this.#needs.journal.record(events, { claims });
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

  /** Seen: a claim says so; or the store lost its claims, and who could have been claimed then is not played again. */
  async #remembered(order: PlayOrder): Promise<{ wasSeen: boolean; isSilenced: boolean }> {
    if (this.#unclaimed.includes(order.id)) return { wasSeen: true, isSilenced: false };
    const silence = silenceNameOf(order);
    const { plays, forgotBefore } = await this.#asked(order, this.#needs.store.claimed([order.id, silence]));
    const mayBeForgotten = !order.at_least_once && epochMsOf(order.issued_at) < forgotBefore;
    return {
      wasSeen: plays.includes(order.id) || mayBeForgotten,
      // Asked of the memory last: a stop may have come while the store answered, and has found nothing to stop.
      isSilenced: plays.includes(silence) || this.#silenced.coversInMemory(order),
    };
  }

  /** A store that cannot be asked silences no alert: what this boot knows of it decides. */
  async #asked(order: PlayOrder, answer: ReturnType<Store['claimed']>): ReturnType<Store['claimed']> {
    if (order.kind !== 'alert') return answer;
    return (await inTime(this.#needs, ORDER_PATIENCE_MS.alert, answer)) ?? { plays: [], forgotBefore: 0 };
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
