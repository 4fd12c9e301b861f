import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An HTTP server on loopback that answers who logs on as the test says, and asks who does not. */
export class FileServer {
  readonly asked: { url: string; range: string; authorization: string }[] = [];
  /** False = it is somebody else, who takes what it is given. */
  asksWho = true;
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) =>
    response.end();
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const { range = '', authorization = '' } = request.headers;
      if (authorization === '' && this.asksWho) {
        response.writeHead(401, { 'www-authenticate': 'Basic realm="prakat", charset="UTF-8"' }).end();
        return;
      }
      this.asked.push({ url: request.url ?? '', range, authorization });
      this.answer(request, response);
    });
  }

  /** Resolves to its address. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Serves `bytes` with ranges; a connection is cut after `cutAfter` bytes. */
  serve(bytes: Buffer, cutAfter = Number.POSITIVE_INFINITY): void {
    this.answer = ({ headers }, response) => {
      const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
      response.writeHead(206, {
        'content-type': 'audio/ogg; codecs=opus',
        'content-length': bytes.length - from,
        'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}`,
      });
      if (bytes.length - from <= cutAfter) response.end(bytes.subarray(from));
      else
        response.write(bytes.subarray(from, from + cutAfter), () => setImmediate(() => response.destroy()));
    };
  }
}
