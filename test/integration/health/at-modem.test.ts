import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { linuxMachine } from '../../../device/drivers/machine/linux-machine.ts';
import { ptyAvailable } from '../../../scripts/virtual-board/pty.ts';
import { ptyWith } from '../serial/world.ts';

/** A modem at the far end of a real line, and a box without ModemManager. */
const folder = await mkdtemp(join(tmpdir(), 'prakat-modem-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const noManager = () => Promise.reject(new Error('mmcli: not found'));

/** Answers line by line, and says something of its own before. */
async function modemThatSays(answers: Record<string, string>): Promise<string> {
  let heard = '';
  const receive = (bytes: Uint8Array) => {
    const [command, rest] = (heard + Buffer.from(bytes).toString()).split('\r');
    heard = rest === undefined ? (command ?? '') : rest;
    const answer = rest === undefined ? undefined : answers[command ?? ''];
    return answer === undefined ? [] : [Buffer.from(`${command}\r\r\n^RSSI: 7\r\n${answer}\r\n`)];
  };
  return (await ptyWith({ receive })).spec;
}

async function signalAt(modemPort: string, modem = noManager) {
  return (await linuxMachine({ data: folder, modem, modemPort }).read(true)).mobile;
}

test.skipIf(!ptyAvailable())('its steps are told in percent, with the technology', async () => {
  const port = await modemThatSays({
    'AT+CSQ': '+CSQ: 21,99\r\n\r\nOK',
    'AT+COPS?': '+COPS: 0,0,"TRUE-H",7\r\n\r\nOK',
  });
  expect(await signalAt(port)).toEqual({ percent: 68, technology: 'lte' });
});

test.skipIf(!ptyAvailable())('a modem that may not tell its network tells its signal', async () => {
  const port = await modemThatSays({ 'AT+CSQ': '+CSQ: 0,0\r\n\r\nOK', 'AT+COPS?': '+CME ERROR: 10' });
  expect(await signalAt(port)).toEqual({ percent: 0 });
});

test.skipIf(!ptyAvailable()).each([
  ['99, not known', '+CSQ: 99,99\r\n\r\nOK'],
  ['an error', 'ERROR'],
  ['nothing of the kind', 'OK'],
])('%s is not a signal', async (_what, answer) => {
  expect(await signalAt(await modemThatSays({ 'AT+CSQ': answer }))).toBeUndefined();
});

test('a port that is not there, or that ModemManager has, is no error', async () => {
  expect(await signalAt(join(folder, 'ttyUSB9'))).toBeUndefined();
  const generic = { state: 'connected', 'signal-quality': { value: '54' } };
  const manager = async () => JSON.stringify({ modem: { generic } });
  expect(await signalAt(join(folder, 'ttyUSB9'), manager as never)).toMatchObject({ percent: 54 });
});
