import type { AuditBook } from '../audit/audit-book.ts';
import { stateTold } from '../errors/state-told.ts';
import { ServerError } from '../errors.ts';
import { OneAtATime } from '../one-at-a-time.ts';
import type { Clock } from '../ports.ts';
import { AlertCourse, type CourseNeeds, ITSELF } from './alert-course.ts';
import { recordOf } from './alert-intake.ts';
import type { AlertRecord, AlertSummary, AlertTable } from './alert-records.ts';
import { type Decision, isSecondYes } from './alert-yes.ts';
import { judge } from './judge.ts';
import { type ReadAlert, readAlerts } from './read-alerts.ts';

export interface DeskNeeds extends CourseNeeds {
  audit: Pick<AuditBook, 'write'>;
  clock: Pick<Clock, 'wall' | 'after'>;
}

/** One alert of a delivery, and what became of it. */
export interface Received {
  record: AlertSummary;
  /** It was there already: nothing was done again. */
  isDuplicate: boolean;
}

/** How often it is looked for alerts whose time is over. */
const LOOK_MS = 10_000;

/** The desk for warnings of other agencies: takes each once, lets sound what may, keeps all of them. */
export class AlertDesk {
  readonly #needs: DeskNeeds;
  readonly #course: AlertCourse;
  /** An Update must find what it replaces. */
  readonly #works = new OneAtATime();
  #cancelLook: (() => void) | undefined;
  #isRunning = false;

  constructor(needs: DeskNeeds) {
    this.#needs = needs;
    this.#course = new AlertCourse(needs);
  }

  /** Sends again what a restart cut off, then looks for what is over. */
  start(): void {
    this.#isRunning = true;
    void this.#works
      .run(() => this.#course.resume())
      .catch((error: unknown) =>
        this.#needs.log.error({ error }, 'alerts that were being sent could not be taken up'),
      );
    this.#look();
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#cancelLook?.();
    await this.#works.settled();
  }

  /** Every alert of a file, in order. `via` as the configuration names ways: `post:somchai`, `feed:https://…`, `file`. */
  async receive(bytes: Uint8Array, via: string): Promise<Received[]> {
    const received: Received[] = [];
    for (const read of readAlerts(bytes, this.#needs.readXml, 'document'))
      received.push(await this.#works.run(() => this.#take(read, bytes, via)));
    return received;
  }

  /** Rejects `alert-unknown`, `alert-decided`, `alert-nowhere`, and as `Dispatch.send`. */
  approve(decision: Decision): Promise<AlertSummary> {
    return this.#works.run(() => this.#approve(decision));
  }

  /** Rejects `alert-unknown`, `alert-decided`. */
  reject({ id, by, why }: Decision): Promise<AlertSummary> {
    return this.#works.run(async () => this.#course.become(await this.#waiting(id), 'rejected', by, why));
  }

  list(about: Parameters<AlertTable['list']>[0]): Promise<AlertSummary[]> {
    return this.#needs.alerts.list(about);
  }

  get(id: string): Promise<AlertRecord | undefined> {
    return this.#needs.alerts.get(id);
  }

  async #take(read: ReadAlert, bytes: Uint8Array, via: string): Promise<Received> {
    const { clock, config, newId, villages } = this.#needs;
    const now = clock.wall();
    const judgement = judge(read, now);
    const arrival = { id: newId(), bytes, via, at: now, by: ITSELF };
    const record = await recordOf(read, judgement, arrival, { config, villages });
    const kept = await this.#keep(record, read);
    if (kept !== undefined) return { record: kept, isDuplicate: true };
    const { id, sender, identifier, verdict, trust } = record;
    await this.#needs.audit.write({
      who: ITSELF,
      act: 'alert/received',
      outcome: 'done',
      from: via,
      document: { alert: id, sender, identifier, verdict, trust },
    });
    this.#needs.tell?.(record);
    if (read.alert === undefined || trust !== 'trusted') return { record, isDuplicate: false };
    return { record: await this.#course.act(record, read.alert, judgement), isDuplicate: false };
  }

  /** Stores what is new. Resolves to the one that was there already, if this says nothing beyond it. */
  async #keep(record: AlertRecord, { alert }: ReadAlert): Promise<AlertSummary | undefined> {
    const { alerts } = this.#needs;
    const known = alert === undefined ? [] : await alerts.named(record);
    const same = known.find(({ hash }) => hash === record.hash);
    if (same === undefined) {
      if (known.length > 0) record.trust = 'same-name-other-words';
      return (await alerts.add(record)) ? undefined : record;
    }
    // What came before its own time is looked at again when it comes again: it may have been our clock that was slow.
    const wasEarly = same.state === 'recorded' && same.reasons.some(({ code }) => code === 'sent-in-future');
    if (!wasEarly || record.verdict === 'record') return same;
    record.id = same.id;
    await alerts.put(record);
    return undefined;
  }

  async #approve({ id, by, to, why, takesTwo }: Decision): Promise<AlertSummary> {
    const record = await this.#waiting(id);
    const alert = this.#course.readAgain(record);
    if (alert === undefined) throw new ServerError('alert-decided', { context: stateTold(record.state) });
    if (record.verdict === 'cancel') return this.#course.carryOut(record, by, why);
    const judgement = judge({ alert, reasons: [] }, this.#needs.clock.wall());
    if (judgement.verdict !== 'actuate')
      throw new ServerError('alert-decided', { context: stateTold('expired') });
    const wanted = { ...record, to: [...(to ?? record.to)], why };
    if (wanted.to.length === 0) throw new ServerError('alert-nowhere');
    if (!takesTwo || isSecondYes(record, wanted.to, by))
      return this.#course.send(wanted, alert, judgement, by);
    const firstYes = { by, at: this.#needs.clock.wall(), to: wanted.to };
    return this.#course.become({ ...record, firstYes }, 'waiting', by, why);
  }

  async #waiting(id: string): Promise<AlertRecord> {
    const record = await this.#needs.alerts.get(id);
    if (record === undefined) throw new ServerError('alert-unknown', { context: { alert: id } });
    if (record.state !== 'waiting')
      throw new ServerError('alert-decided', { context: stateTold(record.state) });
    return record;
  }

  #look(): void {
    this.#cancelLook = this.#needs.clock.after(LOOK_MS, () => {
      void this.#works
        .run(async () => {
          await this.#course.expire();
          await this.#course.resume();
        })
        .catch((error: unknown) => this.#needs.log.error({ error }, 'alerts could not be looked through'))
        .then(() => this.#isRunning && this.#look());
    });
  }
}
