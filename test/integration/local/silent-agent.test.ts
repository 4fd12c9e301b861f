import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CONTROL_SOCKET } from '../../../firmware-protocol/local/control-socket.ts';
import { LocalAgent } from '../../../scripts/technician/local-agent.ts';

async function socketThat(answers: (text: string) => string | undefined): Promise<LocalAgent> {
  const data = await mkdtemp(join(tmpdir(), 'prakat-silent-'));
  const server = createServer((socket) => {
    socket
      .on('error', () => {})
      .on('data', (chunk) => {
        const said = answers(chunk.toString());
        if (said !== undefined) socket.end(said);
      });
  });
  await new Promise<void>((resolve) => server.listen(join(data, CONTROL_SOCKET), resolve));
  onTestFinished(async () => {
    server.close();
    await rm(data, { recursive: true });
  });
  return new LocalAgent(data, 300);
}

const http = (body: string) => `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

test('an agent that is stuck is told apart from one that is not there', async () => {
  const stuck = await socketThat(() => undefined);
  await expect(stuck.ask('state', {})).rejects.toMatchObject({ code: 'agent-silent' });
  await expect(new LocalAgent('/nonexistent').ask('state', {})).rejects.toMatchObject({ code: 'agent-away' });
});

test('one of another version, one that speaks no HTTP, one that does not know the verb', async () => {
  const other = await socketThat(() => http('{"status":"ok","data":{"hall":1}}'));
  await expect(other.ask('state', {})).rejects.toMatchObject({ code: 'agent-version' });
  const noise = await socketThat(() => 'ไม่ใช่ HTTP\r\n\r\n');
  await expect(noise.ask('state', {})).rejects.toMatchObject({ code: 'agent-away' });
  const error = { code: 'unknown-request', en: 'not known', th: 'ไม่รู้จัก', faults: [] };
  const older = await socketThat(() => http(JSON.stringify({ status: 'error', error })));
  await expect(older.ask('sign-lamps', {})).rejects.toMatchObject({ code: 'unknown-request' });
});
