import { type AreaCode, contains, deviceOf, lineageOf } from '../../firmware-protocol/content/area.ts';
import type { Order } from '../../firmware-protocol/content/order.ts';
import type { ExportAnswer } from '../../firmware-protocol/mqtt/requests.ts';
import { STICK } from '../../firmware-protocol/stick/layout.ts';
import type { ReportLedger, StoredUpTo } from '../fleet/report-ledger.ts';
import type { Clock } from '../ports.ts';
import type { Database, DeviceRecord } from '../tables.ts';

/** A page of an answer: with one document more, and the words around them, it fits into a message. */
const PAGE_BYTES = 96 * 1024;

type Document = ExportAnswer['documents'][number];

interface Needs {
  db: Pick<Database, 'programmes' | 'keys' | 'orders' | 'devices'>;
  ledger: Pick<ReportLedger, 'take'>;
  clock: Pick<Clock, 'wall'>;
}

/** What people carry between the server and halls without a line: the very documents of the wire, and reports back. */
export class Carrier {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** What the halls of `area` are to have, from document number `after` on; `next` is where the next page begins. */
  async page(area: AreaCode, after: number): Promise<Pick<ExportAnswer, 'documents' | 'next'>> {
    const all = await this.#documentsFor(area);
    const documents: Document[] = [];
    let bytes = 0;
    for (const document of all.slice(after)) {
      const more = Buffer.byteLength(JSON.stringify(document));
      if (documents.length > 0 && bytes + more > PAGE_BYTES) break;
      bytes += more;
      documents.push(document);
    }
    const next = after + documents.length;
    return { documents, ...(next < all.length && { next }) };
  }

  /** A batch as a hall signed it. Undefined = it is not the word of a device that is enrolled here. */
  async take(
    batch: Record<string, unknown>,
  ): Promise<{ device: DeviceRecord; stored: StoredUpTo } | undefined> {
    const { db, ledger } = this.#needs;
    const device = await db.devices.get(String(batch.device ?? ''));
    const stored = device && (await ledger.take(device, Buffer.from(JSON.stringify(batch))));
    return device && stored && { device, stored };
  }

  async #documentsFor(area: AreaCode): Promise<Document[]> {
    const { db, clock } = this.#needs;
    const above = lineageOf(area);
    const isFor = (target: AreaCode) => contains(area, target) || above.includes(target);
    const [sets, programmes, orders] = await Promise.all([
      db.keys.all(),
      db.programmes
        .heads()
        .then((heads) => db.programmes.those(heads.filter(({ area: other }) => isFor(other)))),
      db.orders.alive(clock.wall(), STICK.orders.maxFiles),
    ]);
    const forUs = await Promise.all(orders.map((order) => this.#reaches(order, isFor)));
    return [
      ...sets.map((document): Document => ({ kind: 'keys', document })),
      ...programmes.map((document): Document => ({ kind: 'programme', document })),
      ...orders.filter((_order, at) => forUs[at]).map((document): Document => ({ kind: 'order', document })),
    ];
  }

  async #reaches({ to }: Order, isFor: (area: AreaCode) => boolean): Promise<boolean> {
    for (const target of to) {
      const device = deviceOf(target);
      const area = device === undefined ? target : (await this.#needs.db.devices.get(device))?.village;
      if (area !== undefined && isFor(area)) return true;
    }
    return false;
  }
}
