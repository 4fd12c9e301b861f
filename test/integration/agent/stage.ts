import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import {
  createServer as createHttp,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, createServer as createTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Aedes } from 'aedes';
import { onTestFinished } from 'vitest';
import { DeviceConfig } from '../../../device/config.ts';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { type RunningDevice, startDevice } from '../../../device/main.ts';
import {
  Announcement,
  type MediaRef,
  type PictureRef,
} from '../../../firmware-protocol/content/announcement.ts';
import { zoneOf } from '../../../firmware-protocol/content/area.ts';
import { EnrolmentRequest, writeCode } from '../../../firmware-protocol/http/enrolment.ts';
import type { Answer } from '../../../firmware-protocol/mqtt/answer.ts';
import { TOPICS } from '../../../firmware-protocol/mqtt/catalogue.ts';
import { topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { endsIn } from '../../../scripts/virtual-world/ends-in.ts';
import { SimServer } from '../../../scripts/virtual-world/sim-server.ts';
import { opusOf } from '../sound/speech.ts';

export const VILLAGE = '43010102';
export const DEVICE = 'hall-1';
const SECRET = '0123456789';
/** What real processes, ports and files may need on a busy machine; a sign that never comes is told of after fifteen seconds. */
export const PATIENCE = { timeout: 30_000, interval: 50 };

/** A ding and the media on the tower, two seconds of text on the sign. */
export function said(media: MediaRef): Announcement {
  return Announcement.parse({
    title: 'น้ำท่วม โปรดระวัง',
    tower: { chime: 'ding', parts: [media] },
    panel: { pages: [{ text: 'น้ำท่วม โปรดระวัง', seconds: 2 }] },
  });
}

/** A broker, a media server and a signing server on loopback, and the configuration of a hall that enrols there. */
export class Stage {
  readonly folder: string;
  readonly server: SimServer;
  readonly code: string;
  url = '';
  readonly #aedes: Aedes;
  readonly #tcp: ReturnType<typeof createTcp>;
  readonly #http: Server;
  readonly #media = new Map<string, Buffer>();
  #brokerPort = 0;
  #asked = 0;

  private constructor(folder: string, aedes: Aedes) {
    this.folder = folder;
    this.#aedes = aedes;
    this.#tcp = createTcp(aedes.handle);
    this.#http = createHttp((request, response) => void this.#answer(request, response));
    this.server = new SimServer(systemClock, {
      publish: ({ topic, payload, qos, retained }) =>
        aedes.publish(
          { cmd: 'publish', dup: false, topic, payload: Buffer.from(payload), qos, retain: retained },
          () => {},
        ),
      server: (hears) =>
        aedes.on('publish', ({ topic, payload }, client) => {
          if (client !== null) hears(topic, Buffer.from(payload));
        }),
    });
    this.code = writeCode(SECRET, this.server.keySet.roots);
  }

  static async open(): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), 'prakat-agent-'));
    const stage = new Stage(folder, await Aedes.createBroker());
    await stage.#listen();
    onTestFinished(() => stage.#close());
    return stage;
  }

  /** A file that the hall can fetch. */
  async media(source: string): Promise<MediaRef> {
    const path = await opusOf(source, join(this.folder, 'media.ogg'));
    return { type: 'media', ...this.#serve(await readFile(path)), ms: 1_429 };
  }

  /** A picture that the hall can fetch. */
  picture(bytes: Buffer): PictureRef {
    return { type: 'picture', ...this.#serve(bytes) };
  }

  #serve(bytes: Buffer): { sha256: string; bytes: number } {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    this.#media.set(sha256, bytes);
    return { sha256, bytes: bytes.length };
  }

  /** The configuration as a technician writes it down. */
  written() {
    return {
      data: join(this.folder, 'data'),
      log: 'silent',
      server: this.url,
      code: this.code,
      tower: { player: { type: 'wav', folder: this.soundFolder } },
      // Tests run at any hour.
      laws: { quiet: [] },
    };
  }

  config(more: Record<string, unknown> = {}): DeviceConfig {
    return DeviceConfig.parse({ ...this.written(), ...more });
  }

  get soundFolder(): string {
    return join(this.folder, 'sound');
  }

  /** The ends of a play as the server stored them: `tower finished`, `panel cancelled stopped`. */
  ends(play: string): string[] {
    return endsIn(this.server.events(DEVICE), play);
  }

  /** What a hall answers to the server's `request/<what>`. */
  async ask(what: string, body: object = {}): Promise<Answer> {
    const transaction = ++this.#asked;
    const place = { zone: zoneOf(VILLAGE), device: DEVICE, what };
    let hear: (packet: { topic: string; payload: string | Buffer }) => void = () => {};
    const answered = new Promise<Answer>((resolve) => {
      hear = ({ topic, payload }) => {
        if (topic !== topicOf('deviceResponse', place)) return;
        const answer = TOPICS.deviceResponse.payload.parse(JSON.parse(payload.toString()));
        if (answer.transaction === transaction) resolve(answer);
      };
      this.#aedes.on('publish', hear);
    });
    const payload = Buffer.from(JSON.stringify({ ...body, transaction }));
    const topic = topicOf('deviceRequest', place);
    this.#aedes.publish({ cmd: 'publish', dup: false, topic, payload, qos: 1, retain: false }, () => {});
    return answered.finally(() => this.#aedes.off('publish', hear));
  }

  /** A hall, stopped when the test is. */
  async hall(more: Record<string, unknown> = {}): Promise<RunningDevice> {
    const running = await startDevice(this.config(more));
    onTestFinished(() => running.stop());
    return running;
  }

  /** The broker is gone, as after a power cut at the province. */
  async brokerGone(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#tcp.close(() => resolve());
      this.#aedes.close();
    });
  }

  async #listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#tcp.listen(0, '127.0.0.1', resolve));
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
    this.#brokerPort = portOf(this.#tcp.address());
    this.url = `http://127.0.0.1:${portOf(this.#http.address())}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/enrol' && request.method === 'GET')
      return void response.end(JSON.stringify({ roots: this.server.keySet.roots }));
    if (request.url === '/enrol') {
      const asked = EnrolmentRequest.parse(JSON.parse(await textOf(request)));
      if (asked.secret !== SECRET) return void response.writeHead(403).end();
      this.server.expect(DEVICE, VILLAGE, asked.public);
      const answer = {
        ...{ device: DEVICE, village: VILLAGE, password: 'p'.repeat(24), keys: this.server.keySet },
        ...{ broker: `mqtt://127.0.0.1:${this.#brokerPort}`, media: `${this.url}/media` },
      };
      return void response.end(JSON.stringify(answer));
    }
    const bytes = this.#media.get(request.url?.replace('/media/', '') ?? '');
    if (bytes === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'audio/ogg', 'content-length': bytes.length }).end(bytes);
  }

  async #close(): Promise<void> {
    await this.brokerGone();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
