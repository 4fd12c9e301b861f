import { expect, it, test } from 'vitest';
import { readTicket, writeTicket } from '../../../firmware-protocol/http/enrolment-ticket.ts';
import { cardsIn } from '../../../scripts/technician/setup/sound-cards.ts';

const TICKET = { code: 'AB2CD-EF3GH-JK4MN-PQ5RS', server: 'https://prakat.nongkhai.example:8443' };

test('a ticket is read as it was written, from a scanner that adds a line end too', () => {
  const text = writeTicket(TICKET);
  expect(text).toBe('prakat:AB2CD-EF3GH-JK4MN-PQ5RS@https://prakat.nongkhai.example:8443');
  expect(readTicket(`${text}\r\n`)).toEqual(TICKET);
  expect(readTicket(text.replace('prakat', 'PRAKAT'))).toEqual(TICKET);
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

test('the USB card goes to the amplifier, then the jack; a television is the last guess', () => {
  expect(cardsIn(PI).map(({ device }) => device)).toEqual([
    'plughw:CARD=Device,DEV=0',
    'plughw:CARD=Headphones,DEV=0',
    'plughw:CARD=vc4hdmi,DEV=0',
  ]);
  expect(cardsIn('aplay: device_list:274: no soundcards found...\n')).toEqual([]);
});
