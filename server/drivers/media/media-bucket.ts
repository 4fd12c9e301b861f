import { readFile, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { AwsClient } from 'aws4fetch';
import type { S3Config } from '../../config.ts';
import { ServerError } from '../../errors.ts';
import { configFault, unreadable } from '../../faults/config-fault.ts';
import type { MediaFiles } from '../../ports.ts';
import { hashOf, ScratchFolder } from './scratch-folder.ts';

const BUCKET_TIMES = {
  /** From a request until its answer begins: stores of the same country answer within a second. */
  answer_ms: 15_000,
  /** A store that is busy or restarts says 5xx: aws4fetch waits 50 ms, then twice as long each time. */
  retries: 4,
} as const;
/** What a whole file is called in the bucket. */
const PREFIX = 'media/';

/**
 * Whole files in a bucket of an object store that speaks the S3 API, under their SHA-256; uploads and half-made files lie on the
 * disk of this server. Several servers share one bucket: a file has one name and one content, so whoever writes it first is right.
 */
export class MediaBucket extends ScratchFolder implements MediaFiles {
  readonly #client: AwsClient;
  readonly #base: string;

  private constructor(data: string, client: AwsClient, base: string) {
    super(data);
    this.#client = client;
    this.#base = base;
  }

  /** Rejects `config-invalid` when the secret cannot be read. The store need not be there yet. */
  static async open(data: string, config: S3Config): Promise<MediaBucket> {
    const files = await MediaBucket.beside(data, config);
    await files.prepare();
    return files;
  }

  /** To read beside a running server: what is half-made there is left alone. */
  static async beside(data: string, config: S3Config): Promise<MediaBucket> {
    const { endpoint, bucket, region, access_key: accessKeyId, secret_key_file } = config;
    const client = new AwsClient({
      ...{ accessKeyId, region, service: 's3', retries: BUCKET_TIMES.retries },
      secretAccessKey: await secretIn(secret_key_file),
    });
    return new MediaBucket(data, client, `${endpoint}/${bucket}/${PREFIX}`);
  }

  /** The store says only then that it has a file when its own copy is durable. It checks the hash that is signed with the request. */
  async keep(scratch: string): Promise<{ sha256: string; bytes: number }> {
    const sha256 = await hashOf(scratch);
    const { size: bytes } = await stat(scratch);
    if ((await this.size(sha256)) === undefined) {
      const headers = {
        'content-length': String(bytes),
        'content-type': 'application/octet-stream',
        'x-amz-content-sha256': sha256,
      };
      const answer = await this.#ask(sha256, { method: 'PUT', headers, body: await readFile(scratch) });
      if (!answer.ok) throw away(answer.status);
    }
    await this.discard(scratch);
    return { sha256, bytes };
  }

  async size(sha256: string): Promise<number | undefined> {
    const answer = await this.#ask(sha256, { method: 'HEAD' });
    if (answer.status === 404) return undefined;
    if (!answer.ok) throw away(answer.status);
    return Number(answer.headers.get('content-length'));
  }

  async remove(sha256: string): Promise<void> {
    const answer = await this.#ask(sha256, { method: 'DELETE' });
    if (!answer.ok && answer.status !== 404) throw away(answer.status);
  }

  async *read(sha256: string, from: number, to: number): AsyncIterable<Uint8Array> {
    const answer = await this.#ask(sha256, { headers: { range: `bytes=${from}-${to}` } });
    // A store that does not know ranges answers 200 with everything: those would be other bytes.
    if (answer.status !== 206 || answer.body === null) throw away(answer.status);
    yield* Readable.fromWeb(answer.body as never);
  }

  async #ask(sha256: string, init: RequestInit): Promise<Response> {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError(`not a SHA-256: ${sha256}`);
    const gone = new AbortController();
    const timer = setTimeout(() => gone.abort(), BUCKET_TIMES.answer_ms);
    try {
      return await this.#client.fetch(`${this.#base}${sha256}`, { ...init, signal: gone.signal });
    } catch (cause) {
      throw new ServerError('media-store-down', { context: { why: String(cause) }, cause });
    } finally {
      clearTimeout(timer);
    }
  }
}

function away(status: number): ServerError {
  return new ServerError('media-store-down', { context: { why: `status ${status}` } });
}

async function secretIn(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (cause) {
    throw configFault('media.secret_key_file', unreadable(path, cause), cause);
  }
}
