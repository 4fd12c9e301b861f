import { canonicalJson } from '../../firmware-protocol/content/canonical-json.ts';
import { REPORT_BATCH_LIMIT } from '../../firmware-protocol/content/report.ts';
import { type SigningKey, signed } from '../../firmware-protocol/content/signature.ts';
import type { Store } from '../ports.ts';
import { batchOf } from '../reports/outbox.ts';
import type { Stick } from './stick.ts';

/** Reports on one stick: some months of a village. The rest goes with the next, when the server has receipted these. */
const REPORTS_LIMIT = 10 * REPORT_BATCH_LIMIT;

/** Writes what the server has not receipted, the oldest first, in signed batches as the wire carries them. */
export function reportWriter(
  device: string,
  key: SigningKey,
  store: Pick<Store, 'reports'>,
): (stick: Stick) => Promise<number> {
  return async (stick) => {
    let rest = await store.reports(REPORTS_LIMIT);
    let written = 0;
    while (rest.length > 0) {
      const reports = batchOf(rest.slice(0, REPORT_BATCH_LIMIT));
      const [first, last] = [reports[0]?.n, reports.at(-1)?.n];
      const document = canonicalJson(signed({ device, reports }, key));
      await stick.write(`reports/${device}/${first}-${last}.json`, Buffer.from(document));
      rest = rest.slice(reports.length);
      written += 1;
    }
    return written;
  };
}
