import { describe, expect, it, test } from 'vitest';
import { readTicket, writeTicket } from '../../../firmware-protocol/http/enrolment-ticket.ts';
import type { Cli } from '../../../scripts/cli.ts';
import { withBoard } from '../../../scripts/technician/setup/found-board.ts';
import { noTicket, ticketFrom } from '../../../scripts/technician/setup/setup-questions.ts';
import { cardsIn, chosenDevice } from '../../../scripts/technician/setup/sound-cards.ts';

const TICKET = { code: 'AB2CD-EF3GH-JK4MN-PQ5RS', server: 'https://prakat.nongkhai.example:8443' };

test('a ticket is read as it was written, from a scanner that adds a line end too', () => {
  const text = writeTicket(TICKET);
  expect(text).toBe('prakat:AB2CD-EF3GH-JK4MN-PQ5RS@https://prakat.nongkhai.example:8443');
  expect(readTicket(`${text}\r\n`)).toEqual(TICKET);
  expect(readTicket(text.replace('prakat', 'PRAKAT'))).toEqual(TICKET);
  expect(readTicket(`ab2cd-ef${text}`)).toEqual(TICKET);
});

test.each([
  ['ab2cd-ef3gh', 'พิมพ์มา 10 ตัว'],
  [`${TICKET.code}5`, 'พิมพ์มา 21 ตัว'],
  ['AB2CD-EF3GU-JK4MN-PQ5RS', ': U'],
  ['ฟิแกำ-บ้าน', 'สลับเป็นภาษาอังกฤษ'],
])('of %s it is said what is wrong with it: %s', (text, why) => {
  expect(noTicket(text).th).toContain(why);
});

it.each([
  TICKET.code,
  'prakat:AB2CD@https://prakat.example',
  `prakat:${TICKET.code}@ftp://prakat.example`,
  `prakat:${TICKET.code}@https://user@prakat.example`,
  `prakat:${TICKET.code}@https://prakat.example/?next=evil`,
  'https://prakat.example',
  'ประกาศ',
  '',
])('%s is no ticket', (text) => {
  expect(readTicket(text)).toBeUndefined();
});

const PI = `**** List of PLAYBACK Hardware Devices ****
card 0: vc4hdmi [vc4-hdmi], device 0: MAI PCM i2s-hifi-0 [MAI PCM i2s-hifi-0]
  Subdevices: 1/1
  Subdevice #0: subdevice #0
card 1: Headphones [bcm2835 Headphones], device 0: bcm2835 Headphones [bcm2835 Headphones]
  Subdevices: 8/8
card 2: Device [USB Audio Device], device 0: USB Audio [USB Audio]
  Subdevices: 1/1
`;

describe('where a box enrols', () => {
  const cli: Cli = {
    ...{
      json: true,
      lang: 'en',
      print: () => {},
      say: () => {},
      tell: () => {},
      pass: () => {},
      progress: () => {},
    },
    text: ({ en }) => en,
  };
  const nobody = (given: Parameters<typeof ticketFrom>[0]) => ticketFrom(given, false, cli);
  const [code, before] = [TICKET.code, 'https://old.example'];

  test('a QR code of today goes before the server of a backup', async () => {
    expect(await nobody({ code: writeTicket(TICKET), before })).toEqual(TICKET);
    expect(await nobody({ code, before })).toEqual({ code, server: before });
    expect(await nobody({ code, before, server: 'https://told.example' })).toMatchObject({
      server: 'https://told.example',
    });
  });
});

test('the USB card goes to the amplifier, then the jack; a television is the last guess', () => {
  expect(cardsIn(PI).map(({ device }) => device)).toEqual([
    'plughw:CARD=Device,DEV=0',
    'plughw:CARD=Headphones,DEV=0',
    'plughw:CARD=vc4hdmi,DEV=0',
  ]);
  expect(cardsIn('aplay: device_list:274: no soundcards found...\n')).toEqual([]);
});

test.each([
  ['nothing is written', undefined, 'plughw:CARD=Device,DEV=0'],
  ['nobody chose', 'default', 'plughw:CARD=Device,DEV=0'],
  ['the jack was chosen', 'plughw:CARD=Headphones,DEV=0', 'plughw:CARD=Headphones,DEV=0'],
  ['the jack was chosen, in fewer words', 'hw:CARD=Headphones', 'hw:CARD=Headphones'],
  ['a card was chosen by its number', 'plughw:1,0', 'plughw:1,0'],
  ['a mixer of asound.conf was chosen', 'tower', 'tower'],
  ['the card that was chosen is in another box', 'plughw:CARD=Old,DEV=0', 'plughw:CARD=Device,DEV=0'],
])('set up again where %s, sound goes out at %s -> %s', (_name, written, device) => {
  expect(chosenDevice(written, cardsIn(PI))).toBe(device);
});

test('a card that is out while a hall is set up again stays written', () => {
  expect(chosenDevice('plughw:1,0', [])).toBe('plughw:1,0');
  expect(chosenDevice(undefined, [])).toBeUndefined();
});

test('a board that is found again changes nothing of how its sign hangs', () => {
  const found = { line: '/dev/ttyACM0@57600', panel: { width: 128, height: 64 }, amplifier: true };
  const board = { line: '/dev/ttyACM0@57600', address: 3, panel: { width: 96, height: 48, turned: 90 } };
  expect(withBoard({ data: 'x', board }, found)).toEqual({
    data: 'x',
    board: { ...found, address: 3, panel: { width: 128, height: 64, turned: 90 } },
  });
  const sign = { type: 'alpha' };
  expect(withBoard({ sign }, found)).toEqual({
    sign,
    board: { line: '/dev/ttyACM0@57600', amplifier: true },
  });
});
