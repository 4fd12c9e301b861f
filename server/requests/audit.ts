import type { AuditAnswer, AuditRequest } from '../../firmware-protocol/mqtt/people-requests.ts';
import type { OperatorIdentity } from '../ports.ts';
import type { RequestNeeds } from './request-row.ts';

/** Well within an answer, with each line written as a string in JSON. */
const PAGE_BYTES = 400 * 1024;

/** The book of who did what, whole: lines of one area alone would be no chain that could be checked. */
export async function auditPage(
  _asker: OperatorIdentity,
  { after, limit }: AuditRequest,
  { audit }: RequestNeeds,
): Promise<AuditAnswer> {
  const head = await audit.head();
  const lines: string[] = [];
  let bytes = 0;
  const found = await audit.lines(after, limit + 1);
  for (const line of found.slice(0, limit)) {
    bytes += Buffer.byteLength(JSON.stringify(line));
    if (bytes > PAGE_BYTES && lines.length > 0) break;
    lines.push(line);
  }
  return { lines, head, more: found.length > lines.length };
}
