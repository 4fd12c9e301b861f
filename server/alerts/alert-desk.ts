import type { Target } from '../../firmware-protocol/content/area.ts';
import type { AuditBook } from '../audit/audit-book.ts';
import type { Dispatch } from '../dispatch/dispatch-port.ts';
import { stateTold } from '../errors/state-told.ts';
import { isServerError, ServerError } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';
import { AlertDispatch } from './alert-dispatch.ts';
import { recordOf } from './alert-intake.ts';
import { type AlertsConfig, modeOf } from './alert-policy.ts';
import type {
  AlertRecord,
  AlertState,
  AlertSummary,
  AlertTable,
  NamedMessage,
  VillagePoints,
} from './alert-records.ts';
import type { soundOf } from './alert-sound.ts';
import { type Decision, isSecondYes } from './alert-yes.ts';
import type { CapAlert } from './cap-schema.ts';
import { ALERT_TIMES, type Judgement, judge } from './judge.ts';
import { type ReadAlert, readAlerts } from './read-alerts.ts';
import type { ReadXml } from './xml.ts';

export interface DeskNeeds {
  alerts: AlertTable;
  config: AlertsConfig;
  readXml: ReadXml;
  villages: VillagePoints;
  dispatch: Pick<Dispatch, 'send' | 'order'>;
  sound: Parameters<typeof soundOf>[2];
  audit: Pick<AuditBook, 'write'>;
  clock: Pick<Clock, 'wall' | 'after'>;
  newId: () => string;
  /** Told of each that came, and of what became of it. */
  tell?: (alert: AlertSummary) => void;
  log: Log;
}

/** One alert of a delivery, and what became of it. */
export interface Received {
  record: AlertSummary;
  /** It was there already: nothing was done again. */
  isDuplicate: boolean;
}

/** By whom what no person did. */
const ITSELF = 'prakat';
/** How often it is looked for alerts whose time is over. */
const LOOK_MS = 10_000;

/** The desk for warnings of other agencies: takes each once, lets sound what may, keeps all of them. */
export class AlertDesk {
  readonly #needs: DeskNeeds;
  readonly #orders: AlertDispatch;
  /** One thing at a time: an Update must find what it replaces. */
  #turn: Promise<unknown> = Promise.resolve();
  #cancelLook: (() => void) | undefined;
  #isRunning = false;

  constructor(needs: DeskNeeds) {
    this.#needs = needs;
    this.#orders = new AlertDispatch(needs);
  }

  /** Sends again what a restart cut off, then looks for what is over. */
  start(): void {
    this.#isRunning = true;
    void this.#inTurn(() => this.#resume()).catch((error: unknown) =>
      this.#needs.log.error({ error }, 'alerts that were being sent could not be taken up'),
    );
    this.#look();
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#cancelLook?.();
    await this.#turn.catch(() => {});
  }

  /** Every alert of a file, in order. `via` as the configuration names ways: `post:somchai`, `feed:https://…`, `file`. */
  async receive(bytes: Uint8Array, via: string): Promise<Received[]> {
    const received: Received[] = [];
    for (const read of readAlerts(bytes, this.#needs.readXml, 'document'))
      received.push(await this.#inTurn(() => this.#take(read, bytes, via)));
    return received;
  }

  /** Rejects `alert-unknown`, `alert-decided`, `alert-nowhere`, and as `Dispatch.send`. */
  approve(decision: Decision): Promise<AlertSummary> {
    return this.#inTurn(async () => {
      const record = await this.#waiting(decision.id);
      const alert = this.#readAgain(record);
      if (alert === undefined) throw new ServerError('alert-decided', { context: stateTold(record.state) });
      if (record.verdict === 'cancel') return this.#carryOut(record, decision.by, decision.why);
      const judgement = judge({ alert, reasons: [] }, this.#needs.clock.wall());
      if (judgement.verdict !== 'actuate')
        throw new ServerError('alert-decided', { context: stateTold('expired') });
      const wanted = { ...record, to: [...(decision.to ?? record.to)], why: decision.why };
      if (wanted.to.length === 0) throw new ServerError('alert-nowhere');
      if (decision.takesTwo && !isSecondYes(record, wanted.to, decision.by))
        return this.#noteYes({ ...wanted, to: record.to }, decision.by, wanted.to);
      return this.#send(wanted, alert, judgement, decision.by);
    });
  }

  async #noteYes(record: AlertSummary, by: string, to: Target[]): Promise<AlertSummary> {
    const firstYes = { by, at: this.#needs.clock.wall(), to };
    return this.#become({ ...record, firstYes }, 'waiting', by, record.why);
  }

  reject({ id, by, why }: Decision): Promise<AlertSummary> {
    return this.#inTurn(async () => this.#become(await this.#waiting(id), 'rejected', by, why));
  }

  list(about: Parameters<AlertTable['list']>[0]): Promise<AlertSummary[]> {
    return this.#needs.alerts.list(about);
  }

  get(id: string): Promise<AlertRecord | undefined> {
    return this.#needs.alerts.get(id);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.catch(() => {}).then(work);
    this.#turn = done;
    return done;
  }

  async #take(read: ReadAlert, bytes: Uint8Array, via: string): Promise<Received> {
    const { alerts, clock, config, newId, villages } = this.#needs;
    const now = clock.wall();
    const judgement = judge(read, now);
    const arrival = { id: newId(), bytes, via, at: now, by: ITSELF };
    const record = await recordOf(read, judgement, arrival, { config, villages });
    const known = read.alert === undefined ? [] : await alerts.named(record);
    const same = known.find(({ hash }) => hash === record.hash);
    // What came before its own time is looked at again when it comes again: it may have been our clock that was slow.
    const isEarly = same?.state === 'recorded' && same.reasons.some(({ code }) => code === 'sent-in-future');
    if (same !== undefined && (!isEarly || judgement.verdict === 'record'))
      return { record: same, isDuplicate: true };
    if (same !== undefined) {
      record.id = same.id;
      await alerts.put(record);
    } else if (known.length > 0) record.trust = 'same-name-other-words';
    if (same === undefined && !(await alerts.add(record))) return { record, isDuplicate: true };
    const { id, sender, identifier, verdict, trust } = record;
    await this.#needs.audit.write({
      who: ITSELF,
      act: 'alert/received',
      outcome: 'done',
      from: via,
      document: { alert: id, sender, identifier, verdict, trust },
    });
    this.#needs.tell?.(record);
    const isTrusted = record.trust === 'trusted';
    if (read.alert === undefined || !isTrusted) return { record, isDuplicate: false };
    return {
      record: await this.#act(record, read.alert, judgement, modeOf(config, read.alert)),
      isDuplicate: false,
    };
  }

  /** For a sender that may act alone. */
  async #act(
    record: AlertRecord,
    alert: CapAlert,
    judgement: Judgement,
    mode: ReturnType<typeof modeOf>,
  ): Promise<AlertSummary> {
    const { verdict } = record;
    if (verdict === 'cancel') return this.#carryOut(record, ITSELF);
    // Also where it never sounds: an Update that is over says that what it names is over.
    const isUpdate = alert.msgType === 'Update' && alert.status === 'Actual' && alert.scope === 'Public';
    if (verdict === 'record') {
      if (isUpdate) await this.#endAll(record, 'replaced', ITSELF);
      return record;
    }
    if (verdict !== 'actuate') return record;
    if (await this.#isCancelled(record)) return this.#become(record, 'cancelled', ITSELF);
    if (mode === 'record') return this.#become(record, 'recorded', ITSELF);
    if (mode === 'approval' || record.to.length === 0) return record;
    return this.#send(record, alert, judgement, ITSELF).catch((error: unknown) => {
      // The people at the desk see it waiting, with the reason.
      if (!isServerError(error)) throw error;
      return this.#now(record);
    });
  }

  /**
   * The orders first, then the end of what they replace: between two warnings there is no silence. What could not be sent at
   * all waits for a person again; what was sent in part is tried again at the next look.
   */
  async #send(
    record: AlertSummary,
    alert: CapAlert,
    judgement: Judgement,
    by: string,
  ): Promise<AlertSummary> {
    // Of one that was cut off, the ids that it had: what was sent then is not sent again.
    const tellings = await this.#orders.tellings(record, judgement);
    const orders = record.orders.length > 0 ? record.orders : this.#orders.idsFor(tellings);
    const sending = await this.#become({ ...record, orders }, 'sending', by, record.why);
    const { until, sent, refusal } = await this.#orders.send(sending, alert, tellings, by);
    if (refusal !== undefined) {
      if (sent === 0 && isServerError(refusal))
        await this.#become({ ...sending, orders: [] }, 'waiting', by, refusal.code);
      throw refusal;
    }
    const live = await this.#become({ ...sending, until }, 'live', by, record.why);
    if (alert.msgType === 'Update') await this.#endAll(record, 'replaced', by);
    return live;
  }

  async #now(record: AlertSummary): Promise<AlertSummary> {
    return (await this.#needs.alerts.get(record.id)) ?? record;
  }

  async #carryOut(cancel: AlertSummary, by: string, why?: string): Promise<AlertSummary> {
    await this.#endAll(cancel, 'cancelled', by);
    return this.#become(cancel, 'done', by, why);
  }

  /** What the message names, of the same sender and not over: what is over stays `expired`. */
  async #endAll(message: AlertSummary, state: 'cancelled' | 'replaced', by: string): Promise<void> {
    for (const name of message.references) {
      if (name.sender !== message.sender) continue;
      for (const named of await this.#needs.alerts.named(name)) {
        if (named.state === 'live' || named.state === 'sending') await this.#orders.silence(named, by);
        if (IS_OPEN.has(named.state)) await this.#become(named, state, by, `${message.identifier}`);
      }
    }
  }

  /** A Cancel may come before what it cancels. */
  async #isCancelled(record: AlertSummary): Promise<boolean> {
    const since = record.sentMs - ALERT_TIMES.longestLifeMs;
    const cancels = await this.#needs.alerts.cancelsOf(record.sender, since);
    return cancels.some(({ references }) => references.some((name) => isSame(name, record)));
  }

  async #become(record: AlertSummary, state: AlertState, by: string, why?: string): Promise<AlertSummary> {
    const { document: _kept, ...summary }: AlertSummary & { document?: string } = record;
    const made = { ...summary, state, stateAt: this.#needs.clock.wall(), stateBy: by, why };
    await this.#needs.alerts.put(made);
    this.#needs.tell?.(made);
    return made;
  }

  async #waiting(id: string): Promise<AlertRecord> {
    const record = await this.#needs.alerts.get(id);
    if (record === undefined) throw new ServerError('alert-unknown', { context: { alert: id } });
    if (record.state !== 'waiting')
      throw new ServerError('alert-decided', { context: stateTold(record.state) });
    return record;
  }

  #readAgain({ document }: AlertRecord): CapAlert | undefined {
    return readAlerts(Buffer.from(document, 'utf8'), this.#needs.readXml)[0]?.alert;
  }

  async #resume(): Promise<void> {
    for (const summary of await this.#needs.alerts.list({ states: ['sending'], limit: 1_000 })) {
      const record = await this.#needs.alerts.get(summary.id);
      const alert = record && this.#readAgain(record);
      const judgement = alert && judge({ alert, reasons: [] }, this.#needs.clock.wall());
      if (alert === undefined || judgement?.verdict !== 'actuate')
        await this.#become(summary, 'expired', ITSELF);
      else
        await this.#send(summary, alert, judgement, summary.stateBy).catch((error: unknown) =>
          this.#needs.log.error({ error, alert: summary.id }, 'an alert could not be sent'),
        );
    }
  }

  #look(): void {
    this.#cancelLook = this.#needs.clock.after(LOOK_MS, () => {
      void this.#inTurn(async () => {
        await this.#expire();
        await this.#resume();
      })
        .catch((error: unknown) => this.#needs.log.error({ error }, 'alerts could not be looked through'))
        .then(() => this.#isRunning && this.#look());
    });
  }

  async #expire(): Promise<void> {
    for (const record of await this.#needs.alerts.over(this.#needs.clock.wall()))
      await this.#become(record, 'expired', ITSELF);
  }
}

/** What a sender can still end. */
const IS_OPEN: ReadonlySet<AlertState> = new Set(['waiting', 'sending', 'live']);

function isSame(one: NamedMessage, other: NamedMessage): boolean {
  return one.sender === other.sender && one.identifier === other.identifier && one.sentMs === other.sentMs;
}
