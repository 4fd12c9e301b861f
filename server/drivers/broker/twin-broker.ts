import type { Duplex } from 'node:stream';
import { ROOT } from '../../../firmware-protocol/mqtt/topic-row.ts';
import { readTopic } from '../../../firmware-protocol/mqtt/topics.ts';
import { isServerError } from '../../errors.ts';
import type { PeopleLines } from '../../live/people-lines.ts';
import type { Broker, BrokerMessage, BrokerSession } from '../../ports.ts';
import type { AedesBroker, PageBroker, Visit } from './aedes-broker.ts';
import type { MosquittoBroker } from './mosquitto-broker.ts';

const TO_PEOPLE = `${ROOT}/operator/`;

interface Needs {
  /** Halls, and people with programs of their own. */
  outer: MosquittoBroker;
  /** Pages of browsers; it listens nowhere, and its clients are handed to it. */
  inner: AedesBroker;
  /** Whether other servers tell people something too. Then events go out and come back, so that the pages of each server hear them. */
  shared: boolean;
}

/**
 * A Mosquitto beside the server, and a broker in it for browsers: Mosquitto knows passwords, not the sessions of pages. What people
 * ask comes in from both, what they are told goes out on both.
 */
export class TwinBroker implements Broker, PageBroker, PeopleLines {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  async start(session: BrokerSession): Promise<void> {
    const { outer, inner } = this.#needs;
    // That of the pages is always there: only the other's comings and goings say something of halls.
    await inner.start({ onMessage: session.onMessage, onUp: () => {}, onDown: () => {} });
    await outer.start({
      onMessage: (message) => {
        if (readTopic(message.topic)?.name === 'operatorEvent') void inner.publish({ ...message, qos: 1 });
        else session.onMessage(message);
      },
      onUp: session.onUp,
      onDown: session.onDown,
    });
  }

  url(): string {
    return this.#needs.outer.url();
  }

  welcome(stream: Duplex, visit: Visit): void {
    this.#needs.inner.welcome(stream, visit);
  }

  isHeard(what: string): boolean {
    return this.#needs.inner.isHeard(what);
  }

  listeners(what: string): string[] {
    return this.#needs.inner.listeners(what);
  }

  tell(user: string, what: string, payload: Uint8Array): void {
    this.#needs.inner.tell(user, what, payload);
  }

  async publish(message: BrokerMessage): Promise<void> {
    const { outer, inner, shared } = this.#needs;
    const isForPeople = message.topic.startsWith(TO_PEOPLE);
    const comesBack = shared && readTopic(message.topic)?.name === 'operatorEvent';
    const isHeardHere = isForPeople && !comesBack && inner.reaches(message.topic);
    if (isHeardHere) await inner.publish(message);
    try {
      await outer.publish(message);
    } catch (error) {
      // Who asked from a page has it, whatever became of Mosquitto.
      if (!isHeardHere || !isServerError(error, 'broker-down')) throw error;
    }
  }

  async credentialsChanged(user: string): Promise<void> {
    await this.#needs.inner.credentialsChanged(user);
    await this.#needs.outer.credentialsChanged();
  }

  async stop(): Promise<void> {
    await this.#needs.outer.stop();
    await this.#needs.inner.stop();
  }
}
