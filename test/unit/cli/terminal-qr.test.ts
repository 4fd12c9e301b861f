import { expect, test } from 'vitest';
import { writeTicket } from '../../../firmware-protocol/http/enrolment-ticket.ts';
import { terminalQr } from '../../../scripts/cli/terminal-qr.ts';
import { readQr } from '../panel/picture/qr-reading.ts';

const TICKET = writeTicket({
  server: 'https://prakat.nongkhai.example.go.th',
  code: '86F50-VCZA2-41Z4W-SCD3C',
});

/** What a terminal shows of the letters: light on dark, two pixels a letter. */
function seen(text: string) {
  const rows = text
    .split('\n')
    .flatMap((line) => [
      [...line].map((letter) => letter === '█' || letter === '▀'),
      [...line].map((letter) => letter === '█' || letter === '▄'),
    ]);
  const [width, height] = [rows[0]?.length ?? 0, rows.length];
  const rgb = Uint8Array.from(rows.flat().flatMap((isLit) => (isLit ? [255, 255, 255] : [0, 0, 0])));
  return { width, height, rgb };
}

test('a phone reads the ticket from a terminal of 80 columns', () => {
  const text = terminalQr(TICKET) ?? '';
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  const read = readQr(seen(text));
  expect(read.map((each) => each.trim())).toEqual(read.map(() => TICKET));
});

test('what no QR code holds is not drawn', () => {
  expect(terminalQr('ก'.repeat(3_000))).toBeUndefined();
});
