import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { PATIENCE, Stage } from '../agent/stage.ts';
import { Prakat } from '../cli/prakat.ts';

/** A person at a real terminal: `script` (bsdutils) gives the program a pseudo-terminal of its own. */
const hasScript = spawnSync('script', ['--version']).status === 0;
const ASKS = '◆';
/** Colours and movements of a terminal. */
const STYLE = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, 'g');

beforeAll(async () => {
  await Prakat.built();
}, 60_000);

/** Answers each question in turn with one key; resolves to the exit code and to what stood on the screen. */
async function seated(
  command: string,
  keys: string[],
  cwd: string,
): Promise<{ code: number; screen: string }> {
  const child = spawn('script', ['-qfec', `stty cols 100 rows 40; exec ${command}`, '/dev/null'], {
    ...{ cwd, stdio: ['pipe', 'pipe', 'ignore'], env: { ...process.env, TERM: 'xterm', LC_ALL: 'C.UTF-8' } },
  });
  let screen = '';
  let answered = 0;
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    screen += text.replace(STYLE, '');
    // A question is drawn anew with each key: only one that is not answered yet gets the next.
    const questions = new Set(screen.match(/◆ {2}[^\r\n]+/g) ?? []).size;
    const key = keys[answered];
    if (questions <= answered || key === undefined) return;
    answered += 1;
    child.stdin?.write(key);
  });
  const [code] = await once(child, 'close');
  return { code: Number(code), screen };
}

test.skipIf(!hasScript)(
  'is led through in Thai, says what was heard, and leaves what is to be sent',
  async () => {
    const stage = await Stage.open();
    const { agent } = await stage.hall();
    await vi.waitFor(() => expect(agent.state()?.trust).toBe('server'), PATIENCE);
    const config = join(stage.folder, 'hall.json');
    await writeFile(config, JSON.stringify({ ...stage.written(), place: 'บ้านเสาเล้า' }));
    const command = `node ${Prakat.program} diagnose --config ${config} --lang th --only agent,sound,amplifier`;
    // Heard it; not in full, please: a blind Enter; the relay clicked.
    const { code, screen } = await seated(command, ['y', '\r', 'y'], stage.folder);
    expect(screen).toContain(ASKS);
    for (const words of ['▶ ฟังเสียงที่กำลังจะดัง', '✓ เสียงเบา', '- เสียงเต็ม', '✓ เครื่องขยายเสียง', 'ส่งทาง LINE:'])
      expect(screen).toContain(words);
    expect(code).toBe(0);
    const files = await readdir(stage.folder);
    const text = files.find((name) => name.endsWith('.txt')) ?? '';
    expect(await readFile(join(stage.folder, text), 'utf8')).toContain('ผลตรวจหอกระจายข่าว บ้านเสาเล้า');
    expect(files.filter((name) => /^prakat-hall-1-.*\.(png|tar\.gz)$/.test(name))).toHaveLength(2);
  },
  60_000,
);

test.skipIf(!hasScript)(
  'Ctrl-C at a question ends it, and what was found until then stays',
  async () => {
    const stage = await Stage.open();
    const { agent } = await stage.hall();
    await vi.waitFor(() => expect(agent.state()?.trust).toBe('server'), PATIENCE);
    const config = join(stage.folder, 'hall.json');
    await writeFile(config, JSON.stringify(stage.written()));
    const command = `node ${Prakat.program} diagnose --config ${config} --lang en --only agent,sound,amplifier,link`;
    const { screen } = await seated(command, ['\u0003'], stage.folder);
    expect(screen).toContain('✓ the server answers');
    expect(screen).not.toContain('amplifier');
    expect(screen).toContain('to send by LINE:');
  },
  60_000,
);
