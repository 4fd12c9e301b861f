import type { Clock } from '../ports.ts';
import type { ByteLine } from '../sign-ports.ts';
import type { LineTurns } from './line-turns.ts';

/** After so many silent turns in a row nobody is believed to be at an address: one more than end a session. */
const SILENT_TURNS = 5;
/** It then waits so many times what its last turn took: what is missing costs the others a sixteenth of the line. */
const SILENT_WAITS = 15;

/** A shared line whose rate nobody told is believed to be of the first. */
const SLOWEST_BYTES_PER_SECOND = 11_520;

interface Member {
  urgent: boolean;
  granted: (() => void) | undefined;
  silentTurns: number;
  /** Monotonic ms before which it gets no turn. */
  notBefore: number;
  session: Parameters<ByteLine['open']>[0] | undefined;
}

/**
 * One half-duplex line for several boards (SPEC 5): each address gets a line of its own and takes its turn, first come first
 * served, urgent ones before all others. The line is open while any of them is.
 */
export class SharedLine {
  readonly #line: ByteLine;
  readonly #clock: Clock;
  readonly #members = new Set<Member>();
  readonly #queue: Member[] = [];
  #speaker: { member: Member; since: number } | undefined;
  #opening: Promise<void> | undefined;
  #closing: Promise<void> = Promise.resolve();
  #cancelLook: () => void = () => {};

  constructor(line: ByteLine, clock: Clock) {
    this.#line = line;
    this.#clock = clock;
  }

  /** The line and the turns of one more board, for its `BoardLink`. */
  member(): { line: ByteLine; turns: LineTurns } {
    const idle = { urgent: false, granted: undefined, session: undefined };
    const member: Member = { ...idle, silentTurns: 0, notBefore: 0 };
    this.#members.add(member);
    const line = this.#line;
    return {
      line: {
        get bytesPerSecond() {
          return line.bytesPerSecond ?? SLOWEST_BYTES_PER_SECOND;
        },
        open: (session) => this.#open(member, session),
        write: (bytes) => line.write(bytes),
        close: () => this.#close(member),
      },
      turns: {
        ask: (urgent, granted) => this.#ask(member, urgent, granted),
        end: (answered) => this.#end(member, answered),
      },
    };
  }

  async #open(member: Member, session: Member['session']): Promise<void> {
    await this.#closing;
    member.session = session;
    this.#opening ??= this.#line.open({
      onBytes: (bytes) => {
        for (const each of this.#members) each.session?.onBytes(bytes);
      },
      onClosed: (reason) => this.#closed(reason),
    });
    try {
      await this.#opening;
    } catch (error) {
      member.session = undefined;
      this.#opening = undefined;
      throw error;
    }
  }

  #closed(reason: string): void {
    this.#opening = undefined;
    const open = [...this.#members].filter(({ session }) => session !== undefined);
    for (const member of open) {
      const { session } = member;
      member.session = undefined;
      session?.onClosed(reason);
    }
  }

  async #close(member: Member): Promise<void> {
    member.session = undefined;
    this.#end(member, false);
    const isUsed = [...this.#members].some(({ session }) => session !== undefined);
    if (isUsed || this.#opening === undefined) return;
    this.#opening = undefined;
    this.#closing = this.#line.close();
    await this.#closing;
  }

  #ask(member: Member, urgent: boolean, granted: () => void): void {
    member.urgent ||= urgent;
    member.granted = granted;
    if (!this.#queue.includes(member)) this.#queue.push(member);
    this.#next();
  }

  #end(member: Member, answered: boolean): void {
    const waits = this.#queue.indexOf(member);
    if (waits >= 0) this.#queue.splice(waits, 1);
    member.urgent = false;
    member.granted = undefined;
    if (this.#speaker?.member === member) {
      const now = this.#clock.monotonic();
      member.silentTurns = answered ? 0 : member.silentTurns + 1;
      if (member.silentTurns >= SILENT_TURNS)
        member.notBefore = now + SILENT_WAITS * (now - this.#speaker.since);
      this.#speaker = undefined;
    }
    this.#next();
  }

  #next(): void {
    this.#cancelLook();
    if (this.#speaker !== undefined) return;
    const now = this.#clock.monotonic();
    const ready = this.#queue.filter(({ notBefore }) => notBefore <= now);
    const member = ready.find(({ urgent }) => urgent) ?? ready[0];
    if (member === undefined) {
      const at = Math.min(...this.#queue.map(({ notBefore }) => notBefore));
      if (at < Number.POSITIVE_INFINITY) this.#cancelLook = this.#clock.after(at - now, () => this.#next());
      return;
    }
    this.#queue.splice(this.#queue.indexOf(member), 1);
    this.#speaker = { member, since: now };
    member.urgent = false;
    member.granted?.();
  }
}
