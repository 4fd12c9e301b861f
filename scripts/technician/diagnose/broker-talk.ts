import type { Socket } from 'node:net';
import type { Words } from '../../cli/words.ts';

/**
 * As much of MQTT 3.1.1 as a look at the broker needs. Not the agent's client, on purpose: this one never acknowledges an order
 * that the broker hands over meanwhile, so that the broker keeps it for the agent; it takes the agent's session as it is
 * (clean session 0) and leaves no will.
 */

const KEEPALIVE_S = 60;
/** The largest packet that is looked at; what is larger is an order, and not for us. */
const MOST_BYTES = 2 * 1024 * 1024;

/** Control packets (MQTT 3.1.1, 2.2.1). */
const PACKET = { connack: 2, publish: 3, suback: 9 } as const;

export interface Credentials {
  device: string;
  password: string;
}

interface Packet {
  type: number;
  flags: number;
  body: Buffer;
}

/** CONNACK return codes (MQTT 3.1.1, 3.2.2.3). */
export const REFUSED_LOGON = {
  1: { en: 'unacceptable protocol version', th: 'ไม่รับโพรโทคอลรุ่นนี้' },
  2: { en: 'identifier rejected', th: 'ไม่รับชื่อของหอ' },
  3: { en: 'server unavailable', th: 'เซิร์ฟเวอร์ยังไม่พร้อม' },
  4: { en: 'bad user name or password', th: 'ชื่อหรือรหัสผ่านไม่ถูกต้อง' },
  5: { en: 'not authorized', th: 'ไม่ได้รับอนุญาต' },
} as const satisfies Record<number, Words>;

/** SUBACK return code of a filter that was refused (MQTT 3.1.1, 3.9.3). */
const REFUSED_FILTER = 0x80;

export class BrokerTalk {
  readonly #socket: Socket;
  readonly #answerMs: number;
  #held = Buffer.alloc(0);
  #closed: Error | undefined;
  #watch: () => void = () => {};
  readonly #packets: Packet[] = [];

  /** On a connection that is open, TLS or not; waits `answerMs` for each answer. */
  constructor(socket: Socket, answerMs: number) {
    this.#socket = socket;
    this.#answerMs = answerMs;
    socket.on('data', (chunk: Buffer) => this.#hear(chunk));
    const end = (error?: Error) => {
      this.#closed ??= error instanceof Error ? error : new Error('the broker closed the connection');
      this.#watch();
    };
    socket.once('error', end).once('close', () => end());
  }

  /** The return code of CONNACK, 0 = accepted; undefined = what came back was no MQTT. Rejects when nothing comes. */
  async logOn({ device, password }: Credentials): Promise<number | undefined> {
    const flags = 0b1100_0000;
    this.#send(0x10, [
      ...[text('MQTT'), Buffer.from([4, flags]), uint16(KEEPALIVE_S)],
      ...[text(device), text(device), text(password)],
    ]);
    const answer = await this.#next(() => true).catch((error: unknown) => {
      // Half a packet and then the end: somebody answered, in another language.
      if (this.#held.length === 0) throw error;
      return { type: 0, flags: 0, body: this.#held };
    });
    return answer.type === PACKET.connack && answer.body.length === 2 ? answer.body[1] : undefined;
  }

  /** The filters that the broker refused. */
  async subscribe(filters: string[]): Promise<string[]> {
    const qos = Buffer.from([1]);
    this.#send(0x82, [uint16(1), ...filters.flatMap((filter) => [text(filter), qos])]);
    const { body } = await this.#next(({ type }) => type === PACKET.suback);
    return filters.filter((_, index) => body[2 + index] === REFUSED_FILTER);
  }

  /** QoS 0. */
  publish(topic: string, payload: string): void {
    this.#send(0x30, [text(topic), Buffer.from(payload)]);
  }

  /** The payload of the next message on a topic that satisfies `isIt`. */
  async message(topic: string, isIt: (payload: string) => boolean): Promise<string> {
    const packet = await this.#next(({ type, body }) => {
      if (type !== PACKET.publish) return false;
      const read = readPublish(body);
      return read?.topic === topic && isIt(read.payload);
    });
    return readPublish(packet.body)?.payload ?? '';
  }

  close(): void {
    if (this.#closed === undefined) this.#send(0xe0, []);
    this.#socket.end();
    this.#socket.destroySoon();
  }

  #send(head: number, parts: Buffer[]): void {
    const body = Buffer.concat(parts);
    this.#socket.write(Buffer.concat([Buffer.from([head, ...varint(body.length)]), body]));
  }

  async #next(isIt: (packet: Packet) => boolean): Promise<Packet> {
    const until = performance.now() + this.#answerMs;
    for (;;) {
      for (let packet = this.#packets.shift(); packet !== undefined; packet = this.#packets.shift())
        if (isIt(packet)) return packet;
      if (this.#closed !== undefined) throw this.#closed;
      await this.#more(until - performance.now());
    }
  }

  #more(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no answer in time')), Math.max(0, ms));
      this.#watch = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #hear(chunk: Buffer): void {
    this.#held = Buffer.concat([this.#held, chunk]);
    for (;;) {
      const read = readPacket(this.#held);
      if (read === undefined) break;
      this.#packets.push(read.packet);
      this.#held = this.#held.subarray(read.bytes);
    }
    if (this.#held.length > MOST_BYTES) this.#socket.destroy(new Error('no MQTT: a packet without end'));
    this.#watch();
  }
}

function readPacket(bytes: Buffer): { packet: Packet; bytes: number } | undefined {
  let length = 0;
  for (let at = 1; at <= 4; at++) {
    const digit = bytes[at];
    if (digit === undefined) return undefined;
    length += (digit & 0x7f) * 128 ** (at - 1);
    if (digit & 0x80) continue;
    const end = at + 1 + length;
    if (bytes.length < end) return undefined;
    const head = bytes[0] ?? 0;
    return {
      packet: { type: head >> 4, flags: head & 0x0f, body: bytes.subarray(at + 1, end) },
      bytes: end,
    };
  }
  // Not MQTT: whatever it is, it is taken as one packet of no type, so that the wait ends.
  return { packet: { type: 0, flags: 0, body: bytes }, bytes: bytes.length };
}

/** QoS 0 and 1; the identifier of QoS 1 is left unanswered. */
function readPublish(body: Buffer): { topic: string; payload: string } | undefined {
  if (body.length < 2) return undefined;
  const end = 2 + body.readUInt16BE(0);
  return { topic: body.toString('utf8', 2, end), payload: body.toString('utf8', end) };
}

function text(words: string): Buffer {
  const bytes = Buffer.from(words);
  return Buffer.concat([uint16(bytes.length), bytes]);
}

function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}

function varint(value: number): number[] {
  const digits: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return [...digits, left];
    digits.push((left % 128) | 0x80);
  }
}
