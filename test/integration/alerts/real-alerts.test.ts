import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkAlerts } from '../../../server/alerts/check-alerts.ts';
import { REASONS } from '../../../server/alerts/reasons.ts';
import { readXml } from '../../../server/drivers/alerts/libxml.ts';

/**
 * docs/cap.md says how real alerts of other countries are judged, and why. They are not ours to copy: where a folder with
 * them is named in PRAKAT_CAP_SAMPLES, each is judged again; everywhere the table is held to the codes.
 */

const document = readFileSync(new URL('../../../docs/cap.md', import.meta.url), 'utf8');
const table = [
  ...document.matchAll(/^\| `([\w.-]+\.(?:cap|atom|rss|edxlde))` \| (.*?) \| (.*?) \| (\w+) \|/gm),
].map(([, file = '', verdicts = '', codes = '', signature = '']) => ({
  file,
  verdicts: verdicts.split(', ').flatMap((each) => {
    const [, times = '1', verdict = ''] = /^(?:(\d+) × )?(\w+)$/.exec(each) ?? [];
    return Array.from({ length: Number(times) }, () => verdict);
  }),
  codes: [...codes.matchAll(/`([a-z-]+)`/g)].map(([, code = '']) => code),
  signature,
}));

describe('the table of real alerts in docs/cap.md', () => {
  it('has rows whose codes exist', () => {
    expect(table.length).toBeGreaterThan(25);
    for (const { file, codes } of table)
      for (const code of codes) expect(Object.keys(REASONS), file).toContain(code);
  });

  const folder = process.env.PRAKAT_CAP_SAMPLES;
  const there = new Set(folder === undefined ? [] : readdirSync(folder));
  const rows = table.filter(({ file }) => there.has(file));

  it('holds for every file of the folder that is named', () => {
    for (const { file, verdicts, codes, signature } of rows) {
      const checked = checkAlerts(readFileSync(join(folder ?? '', file)), { readXml, villages: [] });
      const found = checked.map(({ judgement }) => judgement.verdict);
      expect(found.toSorted(), file).toEqual(verdicts.toSorted());
      const reasons = new Set(checked.flatMap(({ judgement }) => judgement.reasons.map(({ code }) => code)));
      expect([...reasons].sort(), file).toEqual(codes.toSorted());
      expect(new Set(checked.map(({ read }) => read.signatures.state)), file).toEqual(new Set([signature]));
    }
    const isAlert = (name: string) => /\.(cap|atom|rss|edxlde)$/.test(name);
    expect(rows.map(({ file }) => file).sort()).toEqual([...there].filter(isAlert).sort());
  });
});
