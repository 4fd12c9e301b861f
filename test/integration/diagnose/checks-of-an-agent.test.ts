import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CONTROL_SOCKET } from '../../../firmware-protocol/local/control-socket.ts';
import { boxChecks } from '../../../scripts/technician/diagnose/box-checks.ts';
import { findingOf } from '../../../scripts/technician/diagnose/check-step.ts';
import type { ToldCheck, Visit } from '../../../scripts/technician/diagnose/visit.ts';
import { LocalAgent } from '../../../scripts/technician/local-agent.ts';

const RUNNING = {} as NonNullable<Visit['running']>;
/** As an agent of before said it: no Thai figures, no gravity. */
const OLD: ToldCheck = {
  ...{ check: 'temperature', result: 'bad', figure: '83 °C', limit: '80 °C', warning: 207 },
  ...{ cause: { en: 'the fan', th: 'พัดลม' }, remedy: { en: 'clean it', th: 'ทำความสะอาด' } },
};
const malformed = {
  status: 'error',
  error: { code: 'malformed', en: 'the request does not fit', th: 'คำขอไม่ถูกต้อง', faults: [] },
};

/** An agent that answers `checks` so, and what it was asked. */
async function agentThat(answers: (body: string) => object) {
  const data = await mkdtemp(join(tmpdir(), 'prakat-checks-'));
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request
      .setEncoding('utf8')
      .on('data', (chunk: string) => {
        body += chunk;
      })
      .on('end', () => {
        asked.push(body);
        response.end(JSON.stringify(answers(body)));
      });
  });
  await new Promise<void>((resolve) => server.listen(join(data, CONTROL_SOCKET), resolve));
  onTestFinished(async () => {
    server.close();
    await rm(data, { recursive: true });
  });
  return { asked, checks: boxChecks(new LocalAgent(data), data, RUNNING) };
}

test('the agent is asked once in a visit, for this moment', async () => {
  const { asked, checks } = await agentThat(() => ({ status: 'ok', data: { checks: [OLD] } }));
  await checks();
  expect(findingOf('temperature', await checks())).toMatchObject({
    ...{ result: 'warn', figure: { th: '83 °C (เกณฑ์ 80 °C เตือน 207)' }, remedy: { th: 'ทำความสะอาด' } },
  });
  expect(asked).toEqual(['{"now":true}']);
});

test('one of before that does not know the word is asked for its last minute', async () => {
  const { asked, checks } = await agentThat((body) =>
    body.includes('now') ? malformed : { status: 'ok', data: { checks: [OLD] } },
  );
  expect(await checks()).toMatchObject([{ check: 'temperature', result: 'bad' }]);
  expect(asked).toEqual(['{"now":true}', '{}']);
});

test.each([
  ['has looked at nothing yet', { status: 'ok', data: { checks: [] } }],
  ['speaks another version', { status: 'ok', data: { cheques: 1 } }],
])('one that %s: the same table is gone through here', async (_which, answer) => {
  const { checks } = await agentThat(() => answer);
  const told = await checks();
  expect(told.find(({ check }) => check === 'disk space')).toMatchObject({
    figure: expect.stringMatching(/GiB free/),
  });
  // What only an agent can know is not guessed.
  expect(told.find(({ check }) => check === 'clock')).toMatchObject({ result: 'not-known' });
  expect(told.find(({ check }) => check === 'descriptors')).toMatchObject({ result: 'not-known' });
});
