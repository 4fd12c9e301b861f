import { describe, expect, it } from 'vitest';
import { outlived, type RecordingRow } from '../../../server/console/media/recordings.ts';
import { PieceMaker } from '../../../server/console/sound/kept-take.ts';

const NOW = Date.parse('2026-11-13T18:00:00+07:00');
const DAY_MS = 86_400_000;
const somchai = { user: 'somchai', place: 'office' };
const row = (id: number, days: number, owner = somchai): RecordingRow => ({
  ...owner,
  ...{ id, at: NOW - days * DAY_MS, type: 'audio/webm' },
});
const ids = (rows: RecordingRow[]) => rows.map(({ id }) => id);

describe('what goes when another recording is begun', () => {
  it('is what is older than a week, whoever said it', () => {
    const rows = [row(1, 8), row(2, 6.9), row(3, 7.1, { user: 'malee', place: '43010101' })];
    expect(ids(outlived(rows, somchai, NOW))).toEqual([1, 3]);
  });

  it('is the oldest of the same person in the same place where there would be more than three', () => {
    const elsewhere = row(5, 4, { user: 'somchai', place: '43010101' });
    const rows = [row(1, 1), row(2, 3), row(3, 2), row(4, 5), elsewhere];
    expect(ids(outlived(rows, somchai, NOW))).toEqual([2, 4]);
  });
});

describe('pieces of a recording', () => {
  it('are worth a write, have every sample once, and none that came after the end', async () => {
    const pieces: Blob[] = [];
    const maker = new PieceMaker((piece) => pieces.push(piece));
    for (let block = 0; block < 5; block += 1) maker.add([Float32Array.of(block / 8, -1)], 2);
    maker.end();
    maker.add([Float32Array.of(1, 1, 1, 1)], 2);
    maker.end();
    const samples = await Promise.all(
      pieces.map(async (piece) => [...new Int16Array(await piece.arrayBuffer())]),
    );
    expect(samples).toEqual([
      [0, -32768, 4096, -32768],
      [8192, -32768, 12288, -32768],
      [16384, -32768],
    ]);
  });
});
