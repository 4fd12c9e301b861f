import { checkAlerts } from '../../../server/alerts/check-alerts.ts';
import { readXml } from '../../../server/drivers/alerts/libxml.ts';
import { bytesOf } from '../../fixtures/cap/fixtures.ts';

/** What becomes of a text, as of a time or of its own. */
export function judged(text: string, at?: string) {
  return checkAlerts(bytesOf(text), {
    readXml,
    at: at === undefined ? undefined : Date.parse(at),
    villages: [],
  }).map(({ read, judgement }) => ({
    verdict: judgement.verdict,
    codes: judgement.reasons.map(({ code }) => code),
    reasons: judgement.reasons,
    ...read.name,
    ...read.facts,
  }));
}
