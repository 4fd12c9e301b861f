import { Text, UnstyledButton } from '@mantine/core';
import { useMediaQuery, useThrottledValue } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { type KeyboardEvent, memo, useRef } from 'react';
import type { HallRow } from '../../../firmware-protocol/mqtt/hall-requests.ts';
import { FailureNote } from '../house/failure-note.tsx';
import { useVirtualRows, type VirtualRow } from '../house/virtual-rows.ts';
import { useLanguage, useWords } from '../words/language.ts';
import type { FleetSearch } from './fleet-search.ts';
import { FLEET_WORDS } from './fleet-words.ts';
import type { CellView } from './hall-columns.tsx';
import { NoHalls } from './no-halls.tsx';
import { type ShownColumn, useHallTable } from './use-hall-table.ts';
import { filterOf, useHallTotal, useHallWindow } from './use-hall-window.ts';

/** Pixels; a finger needs more than a pointer. */
const ROW = { desk: 40, phone: 56 };
/** How often the server is asked for what comes into view while somebody scrolls. */
const ASK_MS = 120;

interface Props {
  search: FleetSearch;
  change: (part: Partial<FleetSearch>) => void;
  shown: readonly string[];
  /** Of the whole list, for who waits: known before its rows are. */
  expected: number;
  now: number;
}

/** The halls of an area, as many as there are: those in view are drawn, and asked for. */
export function HallTable({ search, change, shown, expected, now }: Props) {
  const say = useWords(FLEET_WORDS);
  const lang = useLanguage();
  const scroller = useRef<HTMLDivElement>(null);
  const height = useMediaQuery('(max-width: 48em)') ? ROW.phone : ROW.desk;
  const reset = JSON.stringify(filterOf(search));
  const count = useHallTotal(search) ?? expected;
  const { rows, total, scrollTo } = useVirtualRows(scroller, { count, height, reset });
  const first = useThrottledValue(rows[0]?.index ?? 0, ASK_MS);
  const list = useHallWindow(search, first, first + Math.max(0, rows.length - 1));
  const columns = useHallTable(search, shown, change);
  if (list.error !== undefined && list.total === undefined) return <FailureNote error={list.error} />;
  if (list.total === 0) return <NoHalls search={search} change={change} />;
  const view: CellView = { nameOf: list.nameOf, lang, now };
  const template = columns.map(({ column }) => column.width).join(' ');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys that its links let pass
    <div className="hall-list" ref={scroller} onKeyDown={stepping(scrollTo)}>
      <table className="hall-table" aria-label={say('list')} aria-rowcount={count + 1}>
        <thead>
          <tr style={{ gridTemplateColumns: template }} aria-rowindex={1}>
            {columns.map((each) => (
              <Head key={each.column.id} {...each} />
            ))}
          </tr>
        </thead>
        <tbody style={{ height: total }}>
          {rows.map((row) => (
            <Line
              key={row.index}
              at={row}
              height={height}
              template={template}
              columns={columns}
              hall={list.rowAt(row.index)}
              view={view}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({ column, sorted, toggle }: ShownColumn) {
  const say = useWords(FLEET_WORDS);
  const words = say(column.word);
  if (toggle === undefined) return <th scope="col">{words}</th>;
  const Arrow = sorted === 'desc' ? IconArrowDown : IconArrowUp;
  return (
    <th scope="col" aria-sort={sorted === false ? 'none' : sorted === 'asc' ? 'ascending' : 'descending'}>
      <UnstyledButton className="hall-sort" onClick={toggle}>
        <Text span inherit>
          {words}
        </Text>
        {sorted !== false && (
          <Arrow size={14} aria-label={say(sorted === 'asc' ? 'sortAscending' : 'sortDescending')} />
        )}
      </UnstyledButton>
    </th>
  );
}

interface LineProps {
  at: VirtualRow;
  height: number;
  template: string;
  columns: readonly ShownColumn[];
  hall: HallRow | undefined;
  view: CellView;
}

const Line = memo(function Line({ at, height, template, columns, hall, view }: LineProps) {
  return (
    <tr
      className="hall-row"
      aria-rowindex={at.index + 2}
      data-index={at.index}
      style={{ gridTemplateColumns: template, height, transform: `translateY(${at.start}px)` }}
    >
      {columns.map(({ column }) => (
        <td key={column.id}>
          {hall === undefined ? <span className="cell-waits" /> : column.cell(hall, view)}
        </td>
      ))}
    </tr>
  );
}, isSameLine);

/** Of a list that scrolls most lines stay as they are: names of places come together with the rows that need them. */
function isSameLine(before: LineProps, now: LineProps): boolean {
  return (
    before.hall === now.hall &&
    before.at.index === now.at.index &&
    before.at.start === now.at.start &&
    before.height === now.height &&
    before.template === now.template &&
    before.view.lang === now.view.lang &&
    before.view.now === now.view.now
  );
}

/** Arrow keys go from hall to hall. */
function stepping(scrollTo: (index: number) => void) {
  return (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
    if (step === undefined || row === null) return;
    const next = Number(row.dataset.index) + step;
    const link = row.parentElement?.querySelector<HTMLElement>(`[data-index="${next}"] .row-link`);
    if (link === null || link === undefined) return;
    event.preventDefault();
    scrollTo(next);
    link.focus({ preventScroll: true });
  };
}
