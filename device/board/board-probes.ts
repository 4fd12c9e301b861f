import type { FrameBody } from '../../firmware-protocol/serial/catalogue.ts';

export interface Probed {
  /** From the probe's last byte being handed to the line until the answer was read. */
  ms: number;
  /** Whether filler of the asked length and pattern came, both ways. */
  whole: boolean;
}

interface Out {
  sentAt: number;
  until: number;
  bytes: number;
  back: number;
  resolve: (probed: Probed | undefined) => void;
}

/** Probes on their way (SPEC 10): they have no place in the window, and one that is lost stays lost. */
export class BoardProbes {
  readonly #out = new Map<number, Out>();
  #count = 0;

  /**
   * @param bytes of filler there, and `back` of it here.
   * @param until monotonic ms; after it the result is undefined.
   */
  ask(
    bytes: number,
    back: number,
    now: number,
    until: number,
  ): { body: FrameBody<'probe'>; result: Promise<Probed | undefined> } {
    const token = ++this.#count;
    const result = new Promise<Probed | undefined>((resolve) => {
      this.#out.set(token, { sentAt: now, until, bytes, back, resolve });
    });
    return { body: { token, back, filler: fillerOf(token, bytes) }, result };
  }

  heard({ token, heard, filler }: FrameBody<'probed'>, now: number): void {
    const out = this.#out.get(token);
    if (out === undefined) return;
    this.#out.delete(token);
    const isRight = filler.length === out.back && filler.every((byte, i) => byte === ((token + i) & 0xff));
    out.resolve({ ms: now - out.sentAt, whole: isRight && heard === out.bytes });
  }

  /** When the first is overdue, monotonic ms. */
  overdueAt(): number {
    return Math.min(Number.POSITIVE_INFINITY, ...[...this.#out.values()].map(({ until }) => until));
  }

  /** Those that are overdue at `now` are lost. */
  dropOverdue(now: number): void {
    for (const [token, { until, resolve }] of this.#out) {
      if (now < until) continue;
      this.#out.delete(token);
      resolve(undefined);
    }
  }
}

function fillerOf(token: number, bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_unused, i) => (token + i) & 0xff);
}
