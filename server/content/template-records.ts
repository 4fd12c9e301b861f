import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import type { PreparedPush } from '../../firmware-protocol/mqtt/push-request.ts';

/** An announcement that lies ready for an area and all below it. */
export interface TemplateRecord {
  area: AreaCode;
  /** Unique in its area; of several above each other the nearest one holds. */
  id: string;
  use: 'emergency' | 'saved';
  title: string;
  push: PreparedPush;
  by: string;
  /** Epoch ms; null = prakat brought it along. */
  changedAt: number | null;
}

export interface TemplateTable {
  get(area: AreaCode, id: string): Promise<TemplateRecord | undefined>;
  all(): Promise<TemplateRecord[]>;
  put(record: TemplateRecord): Promise<void>;
  drop(area: AreaCode, id: string): Promise<void>;
}
