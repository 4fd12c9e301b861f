import { isServerError } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';
import { AlertDispatch, type DispatchNeeds } from './alert-dispatch.ts';
import { modeOf } from './alert-policy.ts';
import type { AlertRecord, AlertState, AlertSummary, AlertTable, NamedMessage } from './alert-records.ts';
import type { CapAlert } from './cap-schema.ts';
import { ALERT_TIMES, type Judgement, judge } from './judge.ts';
import { readAlerts } from './read-alerts.ts';
import type { ReadXml } from './xml.ts';

export interface CourseNeeds extends DispatchNeeds {
  alerts: AlertTable;
  readXml: ReadXml;
  clock: Pick<Clock, 'wall'>;
  /** Told of each that came, and of what became of it. */
  tell?: (alert: AlertSummary) => void;
  log: Log;
}

/** Who did what no person did. */
export const ITSELF = 'prakat';
/** What a sender can still end. */
const IS_OPEN: ReadonlySet<AlertState> = new Set(['waiting', 'sending', 'live']);
/** Of those that a restart cut off, in one go: what is beyond waits for the next look. */
const MOST_RESUMED = 1_000;

/** What becomes of an alert that is kept: sent, ended by another one, over. Whoever calls lets one thing be done at a time. */
export class AlertCourse {
  readonly #needs: CourseNeeds;
  readonly #orders: AlertDispatch;

  constructor(needs: CourseNeeds) {
    this.#needs = needs;
    this.#orders = new AlertDispatch(needs);
  }

  /** For a sender that may act alone. */
  async act(record: AlertRecord, alert: CapAlert, judgement: Judgement): Promise<AlertSummary> {
    const { verdict } = record;
    if (verdict === 'cancel') return this.carryOut(record, ITSELF);
    // Also where it never sounds: an Update that is over says that what it names is over.
    const isUpdate = alert.msgType === 'Update' && alert.status === 'Actual' && alert.scope === 'Public';
    if (verdict === 'record' && isUpdate) await this.#endAll(record, 'replaced', ITSELF);
    if (verdict !== 'actuate') return record;
    if (await this.#isCancelled(record)) return this.become(record, 'cancelled', ITSELF);
    const mode = modeOf(this.#needs.config, alert);
    if (mode === 'record') return this.become(record, 'recorded', ITSELF);
    if (mode === 'approval' || record.to.length === 0) return record;
    return this.send(record, alert, judgement, ITSELF).catch((error: unknown) => {
      // The people at the desk see it waiting, with the reason.
      if (!isServerError(error)) throw error;
      return this.#now(record);
    });
  }

  /**
   * The orders first, then the end of what they replace: between two warnings there is no silence. What could not be sent at
   * all waits for a person again; what was sent in part is tried again at the next look. Rejects as `Dispatch.send`.
   */
  async send(record: AlertSummary, alert: CapAlert, judgement: Judgement, by: string): Promise<AlertSummary> {
    // Of one that was cut off, the ids that it had: what was sent then is not sent again.
    const tellings = await this.#orders.tellings(record, judgement);
    const orders = record.orders.length > 0 ? record.orders : this.#orders.idsFor(tellings);
    const sending = await this.become({ ...record, orders }, 'sending', by, record.why);
    const { until, sent, refusal } = await this.#orders.send(sending, alert, tellings, by);
    if (refusal !== undefined) {
      if (sent === 0 && isServerError(refusal))
        await this.become({ ...sending, orders: [] }, 'waiting', by, refusal.code);
      throw refusal;
    }
    const live = await this.become({ ...sending, until }, 'live', by, record.why);
    if (alert.msgType === 'Update') await this.#endAll(record, 'replaced', by);
    return live;
  }

  async carryOut(cancel: AlertSummary, by: string, why?: string): Promise<AlertSummary> {
    await this.#endAll(cancel, 'cancelled', by);
    return this.become(cancel, 'done', by, why);
  }

  async become(record: AlertSummary, state: AlertState, by: string, why?: string): Promise<AlertSummary> {
    const { document: _kept, ...summary }: AlertSummary & { document?: string } = record;
    const made = { ...summary, state, stateAt: this.#needs.clock.wall(), stateBy: by, why };
    await this.#needs.alerts.put(made);
    this.#needs.tell?.(made);
    return made;
  }

  /** Sends again what was cut off. */
  async resume(): Promise<void> {
    const cutOff = await this.#needs.alerts.list({ states: ['sending'], limit: MOST_RESUMED });
    for (const summary of cutOff) {
      const record = await this.#needs.alerts.get(summary.id);
      const alert = record && this.readAgain(record);
      const judgement = alert && judge({ alert, reasons: [] }, this.#needs.clock.wall());
      if (alert === undefined || judgement?.verdict !== 'actuate')
        await this.become(summary, 'expired', ITSELF);
      else
        await this.send(summary, alert, judgement, summary.stateBy).catch((error: unknown) =>
          this.#needs.log.error({ error, alert: summary.id }, 'an alert could not be sent'),
        );
    }
  }

  async expire(): Promise<void> {
    for (const record of await this.#needs.alerts.over(this.#needs.clock.wall()))
      await this.become(record, 'expired', ITSELF);
  }

  /** The alert of a record, from its document. */
  readAgain({ document }: AlertRecord): CapAlert | undefined {
    return readAlerts(Buffer.from(document, 'utf8'), this.#needs.readXml)[0]?.alert;
  }

  async #now(record: AlertSummary): Promise<AlertSummary> {
    return (await this.#needs.alerts.get(record.id)) ?? record;
  }

  /** What the message names, of the same sender and not over: what is over stays `expired`. */
  async #endAll(message: AlertSummary, state: 'cancelled' | 'replaced', by: string): Promise<void> {
    for (const name of message.references) {
      if (name.sender !== message.sender) continue;
      for (const named of await this.#needs.alerts.named(name)) {
        if (named.state === 'live' || named.state === 'sending') await this.#orders.silence(named, by);
        if (IS_OPEN.has(named.state)) await this.become(named, state, by, message.identifier);
      }
    }
  }

  /** A Cancel may come before what it cancels. */
  async #isCancelled(record: AlertSummary): Promise<boolean> {
    const since = record.sentMs - ALERT_TIMES.longestLifeMs;
    const cancels = await this.#needs.alerts.cancelsOf(record.sender, since);
    return cancels.some(({ references }) => references.some((name) => isSame(name, record)));
  }
}

function isSame(one: NamedMessage, other: NamedMessage): boolean {
  return one.sender === other.sender && one.identifier === other.identifier && one.sentMs === other.sentMs;
}
