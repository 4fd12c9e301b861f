import {
  columnVisibilityFeature,
  createColumnHelper,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import type { HallSort } from '../../../firmware-protocol/mqtt/hall-list.ts';
import type { HallRow } from '../../../firmware-protocol/mqtt/hall-requests.ts';
import type { FleetSearch } from './fleet-search.ts';
import { HALL_COLUMNS, type HallColumn } from './hall-columns.tsx';

const features = tableFeatures({ columnVisibilityFeature, rowSortingFeature });
const helper = createColumnHelper<typeof features, HallRow>();
const columns = HALL_COLUMNS.map(({ id, sort }) =>
  helper.accessor((row): unknown => row, { id, enableSorting: sort !== undefined }),
);
/** Rows are the server's business: found, sorted and sent window by window. */
const NO_ROWS: readonly HallRow[] = [];
const byId = new Map(HALL_COLUMNS.map((column) => [column.id, column]));

export interface ShownColumn {
  column: HallColumn;
  sorted: 'asc' | 'desc' | false;
  /** Absent: the server does not sort by it. */
  toggle: (() => void) | undefined;
}

/** Which columns stand in the table and how it is sorted; rows are found and sorted by the server. */
export function useHallTable(
  search: FleetSearch,
  shown: readonly string[],
  change: (part: Partial<FleetSearch>) => void,
): ShownColumn[] {
  const sortedBy = HALL_COLUMNS.find(({ sort }) => sort === search.sort);
  const sorting = sortedBy === undefined ? [] : [{ id: sortedBy.id, desc: search.descending }];
  const table = useTable({
    features,
    columns,
    data: NO_ROWS,
    manualSorting: true,
    enableSortingRemoval: false,
    sortDescFirst: false,
    state: {
      sorting,
      columnVisibility: Object.fromEntries(HALL_COLUMNS.map(({ id }) => [id, shown.includes(id)])),
    },
    onSortingChange: (update) => {
      const [next] = typeof update === 'function' ? update(sorting) : update;
      const sort: HallSort | undefined = byId.get(next?.id ?? '')?.sort;
      if (next !== undefined && sort !== undefined) change({ sort, descending: next.desc });
    },
  });
  return table.getVisibleLeafColumns().flatMap((leaf) => {
    const column = byId.get(leaf.id);
    if (column === undefined) return [];
    const toggle = leaf.getCanSort() ? () => leaf.toggleSorting() : undefined;
    return [{ column, sorted: leaf.getIsSorted(), toggle }];
  });
}
