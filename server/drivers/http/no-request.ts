import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ServerError, type ServerErrorCode } from '../../errors.ts';

/** What Node finds wrong with bytes before they are a request, by its codes; all else is no HTTP. */
const MEANINGS: Record<string, ServerErrorCode> = {
  HPE_HEADER_OVERFLOW: 'http-head-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'http-too-slow',
};

/** The answer to bytes of which no request comes, in the words of every other refusal; then the connection ends. */
export function answerNoRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const refused = new ServerError(MEANINGS[error.code ?? ''] ?? 'http-broken', { cause: error });
  const body = JSON.stringify(refused.failure());
  const head = [
    `HTTP/1.1 ${refused.status} ${STATUS_CODES[refused.status]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
