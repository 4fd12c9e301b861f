import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';
import { expect, onTestFinished, test, vi } from 'vitest';
import { loadIdentity } from '../../../device/drivers/identity-file.ts';
import { beginVisit } from '../../../scripts/technician/diagnose/begin-visit.ts';
import { resultOf } from '../../../scripts/technician/diagnose/result/result.ts';
import { writeResult } from '../../../scripts/technician/diagnose/result/result-files.ts';
import { ROOMS } from '../../../scripts/technician/diagnose/rooms.ts';
import { PATIENCE, Stage } from '../agent/stage.ts';

const run = promisify(execFile);
const WIFI = 'รหัสไวไฟ-hush-hush';

test('what leaves the box holds no secret, planted wherever a careless hand would leave one', async () => {
  const stage = await Stage.open();
  const { agent, log } = await stage.hall({ log: 'info' });
  await vi.waitFor(() => expect(agent.state()?.trust).toBe('server'), PATIENCE);
  const { password, seed, device } = await loadIdentity(join(stage.folder, 'data', 'identity.json'));
  const basic = Buffer.from(`${device}:${password}`).toString('base64');
  log.warn({ tried: `mqtt://${device}:${password}@broker` }, `log-on as ${device} with ${password}`);
  log.warn({ headers: { authorization: `Basic ${basic}` }, config: { seed } }, 'a careless line');
  log.warn({ nested: { deep: { deeper: { password: WIFI } } }, code: stage.code }, 'another');
  const configPath = join(stage.folder, 'hall.json');
  await writeFile(configPath, JSON.stringify(stage.written()));

  const visit = await beginVisit({
    ...{
      configPath,
      rooms: ROOMS,
      person: undefined,
      loud: false,
      interrupted: new AbortController().signal,
    },
  });
  const findings = [{ step: 'port', result: 'fail', figure: { en: password, th: password } }] as const;
  const out = await mkdtemp(join(tmpdir(), 'prakat-bundle-'));
  onTestFinished(() => rm(out, { recursive: true }));
  const page = 'http://192.168.1.50:8090/20814-xrCV1M9xnzySLSTUtmPsdq';
  const files = await writeResult(out, visit, resultOf(visit, '0.1.0', [...findings], page), 'th');

  const bundle = gunzipSync(await readFile(files.bundle)).toString('utf8');
  const text = await readFile(files.text, 'utf8');
  for (const secret of [password, seed, basic, stage.code, WIFI, encodeURIComponent(password)])
    for (const where of [bundle, text]) expect(where).not.toContain(secret);
  // The link is for the village head, whom the text is sent to.
  expect(text).toContain(page);
  expect(bundle).not.toContain('xrCV1M9xnzySLSTUtmPsdq');

  // An archive that tar reads, with what a maintainer asks for first.
  await run('tar', ['xzf', files.bundle, '-C', out]);
  expect(await readdir(join(out, 'prakat'))).toEqual(
    expect.arrayContaining([
      'checks.json',
      'config.json',
      'identity.json',
      'log.ndjson',
      'reports.json',
      'result.txt',
      'state.json',
    ]),
  );
  expect(await readFile(join(out, 'prakat', 'log.ndjson'), 'utf8')).toContain('a careless line');
  expect(JSON.parse(await readFile(join(out, 'prakat', 'identity.json'), 'utf8'))).toMatchObject({ device });

  expect(await sharp(files.picture).metadata()).toMatchObject({ format: 'png', width: 1_080 });
});
