import type { TopicSpace } from '../../firmware-protocol/mqtt/topic-space.ts';
import type { Bus, BusMessage, BusSession } from '../ports.ts';

/** A bus on which only topics of one space go in and out: a training hall is deaf to live topics, and has no mouth for them. */
export class SpacedBus implements Bus {
  readonly #bus: Bus;
  readonly #space: TopicSpace;

  constructor(bus: Bus, space: TopicSpace) {
    this.#bus = bus;
    this.#space = space;
  }

  connect({ will, onMessage, onClosed }: BusSession): Promise<void> {
    return this.#bus.connect({
      will: this.#out(will),
      onMessage: (message) => {
        const topic = this.#space.inner(message.topic);
        if (topic !== undefined) onMessage({ ...message, topic });
      },
      onClosed,
    });
  }

  async subscribe(filters: string[]): Promise<void> {
    await this.#bus.subscribe(filters.map((filter) => this.#space.wire(filter)));
  }

  async publish(message: BusMessage): Promise<void> {
    await this.#bus.publish(this.#out(message));
  }

  disconnect(): Promise<void> {
    return this.#bus.disconnect();
  }

  #out(message: BusMessage): BusMessage {
    return { ...message, topic: this.#space.wire(message.topic) };
  }
}
