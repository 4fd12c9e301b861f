import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { AlertEvent } from '../../firmware-protocol/mqtt/event-messages.ts';
import type { AlertSummary } from '../alerts/alert-records.ts';
import type { Fleet, Log } from '../ports.ts';
import { seesAlert } from '../requests/alert-sight.ts';
import type { Audience } from './audience.ts';

interface Needs {
  audience: Pick<Audience, 'isEmpty' | 'everywhere' | 'tell'>;
  fleet: Pick<Fleet, 'device'>;
  log: Pick<Log, 'warn'>;
}

/** Tells whoever looks, and may see it, that a warning of an agency came or what became of it. */
export class LiveAlerts {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Nothing waits for it, and nothing fails by it. */
  readonly tell = (alert: AlertSummary): void => {
    if (this.#needs.audience.isEmpty('alerts')) return;
    this.#tellAll(alert).catch((error: unknown) =>
      this.#needs.log.warn({ error, alert: alert.id }, 'not everybody was told of a warning'),
    );
  };

  async #tellAll(alert: AlertSummary): Promise<void> {
    const { audience, fleet } = this.#needs;
    const { id, title, state, stateAt, stateBy } = alert;
    const event: AlertEvent = { alert: id, title, state, state_at: instantOf(stateAt), state_by: stateBy };
    for (const who of await audience.everywhere('alerts'))
      if (await seesAlert(who, alert, { fleet })) await audience.tell(who.user, 'alerts', event);
  }
}
