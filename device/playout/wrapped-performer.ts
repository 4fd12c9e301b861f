import type { DeviceError } from '../errors.ts';
import type { Mark, Performance, Performed, Performer, Play } from './play.ts';

/** A performer around another one: what it does not change is the other's. */
export abstract class WrappedPerformer implements Performer {
  readonly output;
  protected readonly inner: Performer;

  constructor(inner: Performer) {
    this.inner = inner;
    this.output = inner.output;
  }

  get leadMs(): number {
    return this.inner.leadMs ?? 0;
  }

  works(): boolean {
    return this.inner.works();
  }

  whyNot(): string {
    return this.inner.whyNot();
  }

  abstract prepare(play: Play, from: Mark | undefined, signal: AbortSignal): Promise<Performance>;
}

/** The same performance, performed in another way. */
export function performedBy(performance: Performance, perform: Performance['perform']): Performance {
  return {
    ...(performance.lengthMs !== undefined && { lengthMs: performance.lengthMs }),
    discard: () => performance.discard(),
    perform,
  };
}

/** Let go of instead of performed, for a reason that is told. */
export async function refusedFor(
  reason: DeviceError | string,
  performance: Performance,
  from: Mark | undefined,
): Promise<Performed> {
  await performance.discard();
  const mark = from ?? { done: 0 };
  if (typeof reason === 'string') return { end: 'failed', reason, mark };
  const { code, message, context } = reason;
  return { end: 'failed', reason: code, detail: `${message} ${JSON.stringify(context)}`, mark };
}
