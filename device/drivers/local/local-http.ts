import { chmod, rm } from 'node:fs/promises';
import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import type { Log } from '../../ports.ts';
import { Turn } from '../line/visitor-turn.ts';

export const LOCAL_HTTP_LIMITS = {
  /** A technician and two phones; each is a socket and some buffers of a box with little memory. */
  connections: 16,
  /** From the connection to the end of the request, and again for taking the answer: who is slower is let go. */
  turn_ms: 10_000,
  headerBytes: 8 * 1_024,
  bodyBytes: 16 * 1_024,
};

export interface LocalRequest {
  method: string;
  /** Path without the query. */
  path: string;
  body: Uint8Array;
}

export interface LocalResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Where to listen: a socket in a folder that is its owner's alone, or one address of the box. */
export type LocalDoor = { socket: string } | { address: string; port: number };

/** Never rejects. */
export type LocalAnswerer = (request: LocalRequest) => Promise<LocalResponse>;

export interface OpenDoor {
  /** The port that the system chose, where it was asked to. */
  readonly port: number | undefined;
  close(): Promise<void>;
}

/**
 * HTTP/1.1 for who stands at the box. Node's HTTP is loaded with the first caller: a box that nobody visits for a year does not
 * carry it. Rejects with the system's error where it cannot listen.
 */
export async function openLocalDoor(
  door: LocalDoor,
  answer: LocalAnswerer,
  log: Log,
  limits = LOCAL_HTTP_LIMITS,
): Promise<OpenDoor> {
  let http: Promise<HttpServer> | undefined;
  const sockets = new Set<Socket>();
  const turns = new WeakMap<Socket, Turn>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
    const turn = new Turn(socket, limits.turn_ms);
    turns.set(socket, turn);
    http ??= httpServer((request, response) => serve(request, response, turns.get(request.socket), answer));
    http.then(
      (served) => served.emit('connection', socket),
      (error: unknown) => {
        log.error({ error }, 'a visitor at the box could not be served');
        socket.destroy();
      },
    );
  });
  server.maxConnections = limits.connections;
  await listen(server, door);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : undefined,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      (await http)?.close();
      await closed;
    },
  };
}

async function listen(server: Server, door: LocalDoor): Promise<void> {
  // One that a power cut left; the store is locked by then, so no other agent lives on this folder.
  if ('socket' in door) await rm(door.socket, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    const listening = () => {
      server.off('error', reject);
      server.on('error', () => {});
      resolve();
    };
    if ('socket' in door) server.listen(door.socket, listening);
    else server.listen(door.port, door.address, listening);
  });
  if ('socket' in door) await chmod(door.socket, 0o600);
}

async function httpServer(
  serveOne: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<HttpServer> {
  const { createServer: createHttp } = await import('node:http');
  const served = createHttp(
    { maxHeaderSize: LOCAL_HTTP_LIMITS.headerBytes },
    (request, response) => void serveOne(request, response),
  );
  served.on('clientError', (_error, socket) => socket.destroy());
  return served;
}

/** One request a connection: its turn is over with the answer. */
async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  turn: Turn | undefined,
  answer: LocalAnswerer,
): Promise<void> {
  response.on('error', () => {}).setHeader('connection', 'close');
  try {
    const body = await bodyOf(request);
    if (body === undefined) {
      response.writeHead(413).end();
      return;
    }
    // A test of sound takes as long as it takes; the visitor is not at turn meanwhile.
    turn?.end();
    const [path = '/'] = (request.url ?? '/').split('?');
    const said = await answer({ method: request.method ?? 'GET', path, body });
    turn?.begin();
    response.writeHead(said.status, { ...said.headers, 'content-length': Buffer.byteLength(said.body) });
    response.end(request.method === 'HEAD' ? undefined : said.body);
  } catch {
    // The visitor left in the middle of the request.
    response.destroy();
  }
}

/** Undefined = more than is taken. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > LOCAL_HTTP_LIMITS.bodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
