import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PlainAsked, plainRequest } from './plain-request.ts';
import { openWorld, type World } from './world.ts';

const PAGE =
  '<!doctype html><html lang="th"><script type="module" src="/console/assets/app-B1x.js"></script></html>';
const VILLAGE_PAGE = '<!doctype html><html lang="th"><p>หมู่บ้าน</p></html>';
const SCRIPT = 'console.log("ประกาศ")';
const FILES: Record<string, string | Buffer> = {
  'index.html': PAGE,
  'village.html': VILLAGE_PAGE,
  'assets/app-B1x.js': SCRIPT,
  'assets/app-B1x.js.br': brotliCompressSync(SCRIPT),
  'assets/app-B1x.js.gz': gzipSync(SCRIPT),
  'assets/app-B1x.css': 'p{color:red}',
  'assets/thai-C2y.woff2': 'x',
  'icon.svg': '<svg/>',
  'notes.md': 'not for the world',
  '.vite/manifest.json': '{}',
  '.stamp': 'x',
};

let world: World;
let pages: string;
beforeAll(async () => {
  world = await openWorld();
  pages = world.pages;
});
afterAll(() => world.close());

const ask = (path: string, asked?: PlainAsked) => plainRequest(world.url, path, asked);
async function lay(files: Record<string, string | Buffer>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(pages, name)), { recursive: true });
    await writeFile(join(pages, name), content);
  }
}

it('a server whose console is not built says so, in Thai and English', async () => {
  const { status, text, headers } = await ask('/console/');
  expect([status, headers['content-type']]).toEqual([503, 'text/html; charset=utf-8']);
  expect(text).toContain('ยังไม่ได้สร้างหน้าควบคุม');
  expect(text).toContain('npm run build');
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
});

describe('the console', () => {
  beforeAll(async () => {
    await lay(FILES);
    // What lies beside the folder: a path that leads out of it would find this.
    await writeFile(join(dirname(pages), 'secret.json'), '{"secret":true}');
  });

  it.each(['/', '/console'])('is where %s leads to', async (path) => {
    const { status, headers } = await ask(path);
    expect([status, headers.location]).toEqual([302, '/console/']);
  });

  it('is a page that runs its own scripts only, sends nothing elsewhere, and stands in no frame', async () => {
    const { status, text, headers } = await ask('/console/', { headers: { accept: 'text/html' } });
    expect([status, text, headers['content-type']]).toEqual([200, PAGE, 'text/html; charset=utf-8']);
    const policy = headers['content-security-policy'];
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ])
      expect(policy?.toString().split('; ')).toContain(rule);
    expect(policy).toContain(`connect-src 'self' ws://${new URL(world.url).host};`);
    expect(headers['permissions-policy']).toContain('microphone=(self)');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('refuses styles that are not its own, and lets in those that know what this one answer says', async () => {
    expect((await ask('/console/village')).headers['content-security-policy']).toContain(
      "; style-src 'self'; ",
    );
    await lay({ 'wall.html': '<!doctype html><meta name="style-nonce" nonce="{{style-nonce}}" />' });
    await utimes(join(pages, 'index.html'), new Date(), new Date(Date.now() + 1_000));
    const answers = [await ask('/console/wall'), await ask('/console/wall')];
    const nonces = answers.map(({ text }) => /nonce="([\w+/=]{24})"/.exec(text)?.[1]);
    expect(new Set(nonces).size).toBe(2);
    for (const [at, { headers, status }] of answers.entries()) {
      expect(headers['content-security-policy']).toContain(`; style-src 'self' 'nonce-${nonces[at]}'; `);
      expect(headers['content-security-policy']).not.toContain('unsafe');
      // Whoever kept it would keep its nonce.
      expect([status, headers.etag, headers['cache-control']]).toEqual([200, undefined, 'no-cache']);
    }
    expect((await ask('/console/wall', { method: 'HEAD' })).text).toBe('');
  });

  it('is asked for again each time, and then not sent again', async () => {
    const { etag, 'cache-control': cache } = (await ask('/console/')).headers;
    expect(cache).toBe('no-cache');
    const again = await ask('/console/', { headers: { 'if-none-match': `"x", ${etag}` } });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it.each([
    ['assets/app-B1x.js', 'text/javascript; charset=utf-8'],
    ['assets/app-B1x.css', 'text/css; charset=utf-8'],
    ['assets/thai-C2y.woff2', 'font/woff2'],
  ])('has parts that are kept for ever: %s', async (name, type) => {
    const { status, headers } = await ask(`/console/${name}`);
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      type,
      'public, max-age=31536000, immutable',
    ]);
  });

  it.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip, deflate', 'gzip', gunzipSync],
    ['gzip;q=1.0, br;q=0', 'gzip', gunzipSync],
    ['', undefined, (bytes: Buffer) => bytes],
  ])('is sent as small as the browser takes it: "%s"', async (accepts, encoding, read) => {
    const headers: Record<string, string> = accepts === '' ? {} : { 'accept-encoding': accepts };
    const answer = await ask('/console/assets/app-B1x.js', { headers });
    expect([answer.headers['content-encoding'], answer.headers.vary]).toEqual([encoding, 'accept-encoding']);
    expect(read(answer.body).toString()).toBe(SCRIPT);
  });

  it.each([
    ['/console/halls/nongkhai-1', PAGE],
    ['/console/%E0%B8%AB%E0%B8%AD', PAGE],
    ['/console/village', VILLAGE_PAGE],
    ['/console/village/today', VILLAGE_PAGE],
  ])('answers the address of a room with its page: %s', async (path, page) => {
    const { status, text } = await ask(path);
    expect([status, text]).toEqual([200, page]);
  });

  it('answers HEAD without a body', async () => {
    const { status, text, headers } = await ask('/console/icon.svg', { method: 'HEAD' });
    expect([status, text, headers['content-type']]).toEqual([200, '', 'image/svg+xml']);
  });

  it.each([
    '/console/../secret.json',
    '/console/..%2fsecret.json',
    '/console/%2e%2e/secret.json',
    '/console/%2e%2e%2fsecret.json',
    '/console/assets/..%2f..%2fsecret.json',
    '/console/..%5csecret.json',
    '/console/..%252fsecret.json',
    '/console//etc/passwd',
    '/console/%00',
    '/console/index.html%00.js',
    '/console/assets/gone-D4z.js',
    '/console/.stamp',
    '/console/.vite/manifest.json',
  ])('gives nothing for %s', async (path) => {
    const { status, text } = await ask(path);
    expect(text).not.toContain('secret":true');
    // An address without dots is one of a room, whatever its slashes.
    if (path.endsWith('passwd')) expect([status, text]).toEqual([200, PAGE]);
    else expect([status, JSON.parse(text).code]).toEqual([404, 'unknown-page']);
  });

  it.each(['/console/notes.md', '/console/assets/app-B1x.js.br'])(
    'does not send %s as a file',
    async (path) => {
      expect((await ask(path)).text).not.toMatch(/not for the world|ประกาศ"/);
    },
  );

  it('that was built anew is there without a new start', async () => {
    await rm(join(pages, 'assets/app-B1x.js'));
    await lay({ 'index.html': PAGE.replace('B1x', 'E5w'), 'assets/app-E5w.js': SCRIPT });
    await utimes(join(pages, 'index.html'), new Date(), new Date(Date.now() + 5_000));
    expect((await ask('/console/')).text).toContain('app-E5w.js');
    expect((await ask('/console/assets/app-E5w.js')).status).toBe(200);
    expect((await ask('/console/assets/app-B1x.js')).status).toBe(404);
  });
});
