import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { HallSort } from '../../../firmware-protocol/mqtt/hall-list.ts';
import type { HallRow } from '../../../firmware-protocol/mqtt/hall-requests.ts';
import { agoWords } from '../time/thai-time.ts';
import type { Language } from '../words/language.ts';
import type { FleetWord } from './fleet-words.ts';
import { ClockCell, OutputCell, PresenceFact } from './hall-cells.tsx';
import { type PlaceNames, placeOf, titlesOf } from './hall-facts.ts';

/** What a cell is drawn with, beside its row. */
export interface CellView {
  nameOf: (area: string) => string | undefined;
  lang: Language;
  now: number;
}

export interface HallColumn {
  id: string;
  word: FleetWord;
  /** What the server sorts by; absent = not by this. */
  sort?: HallSort;
  /** Of CSS grid. */
  width: string;
  /** Shown to who has not chosen columns: on a phone the first ones alone. */
  shown: 'always' | 'desk' | 'asked';
  cell: (row: HallRow, view: CellView) => ReactNode;
}

/** `ต.ในเมือง อ.เมืองหนองคาย จ.หนองคาย`. */
function shortPlace({ tambon, district, province }: PlaceNames): string {
  return [tambon, district, province]
    .map((name) =>
      name
        .replace(/^จังหวัด/, 'จ.')
        .replace(/^อำเภอ/, 'อ.')
        .replace(/^ตำบล/, 'ต.'),
    )
    .join(' ');
}

const plain = (words: ReactNode) => <span className="cell tabular">{words}</span>;

/** The columns of the list, in their order. */
export const HALL_COLUMNS: readonly HallColumn[] = [
  {
    id: 'hall',
    word: 'hall',
    sort: 'name',
    width: 'minmax(140px, 1.2fr)',
    shown: 'always',
    cell: (row, { nameOf }) => (
      <div style={{ minWidth: 0 }}>
        <Link to="/fleet/$device" params={{ device: row.device }} className="row-link">
          {row.name}
        </Link>
        <span className="cell only-phone">{shortPlace(placeOf(row.village, nameOf))}</span>
      </div>
    ),
  },
  {
    id: 'place',
    word: 'place',
    sort: 'village',
    width: 'minmax(140px, 1.4fr)',
    shown: 'desk',
    cell: (row, { nameOf }) => {
      const place = shortPlace(placeOf(row.village, nameOf));
      return (
        <span className="cell" title={place}>
          {place}
        </span>
      );
    },
  },
  {
    id: 'status',
    word: 'status',
    sort: 'trouble',
    width: 'minmax(130px, 0.6fr)',
    shown: 'always',
    cell: (row) => <PresenceFact row={row} />,
  },
  {
    id: 'tower',
    word: 'tower',
    width: '100px',
    shown: 'desk',
    cell: (row) => <OutputCell row={row} output="tower" />,
  },
  {
    id: 'panel',
    word: 'panel',
    width: '100px',
    shown: 'desk',
    cell: (row) => <OutputCell row={row} output="panel" />,
  },
  {
    id: 'clock',
    word: 'clockColumn',
    width: '120px',
    shown: 'asked',
    cell: (row) => <ClockCell row={row} />,
  },
  {
    id: 'warnings',
    word: 'warnings',
    width: '84px',
    shown: 'desk',
    cell: ({ warnings }) =>
      warnings.length > 0 && (
        <span className="fact" style={{ color: 'var(--poor)' }}>
          <IconAlertTriangle size={16} aria-hidden />
          {plain(warnings.length)}
        </span>
      ),
  },
  {
    id: 'seen',
    word: 'seen',
    sort: 'seen_at',
    width: '140px',
    shown: 'desk',
    cell: ({ seen_at }, { lang, now }) => seen_at !== undefined && plain(agoWords(seen_at, now, lang)),
  },
  {
    id: 'playing',
    word: 'playing',
    width: 'minmax(160px, 1fr)',
    shown: 'asked',
    cell: (row) => plain(titlesOf(row).join(', ')),
  },
  {
    id: 'device',
    word: 'device',
    sort: 'device',
    width: '170px',
    shown: 'asked',
    cell: ({ device }) => plain(device),
  },
  { id: 'village', word: 'village', width: '110px', shown: 'asked', cell: ({ village }) => plain(village) },
  {
    id: 'version',
    word: 'version',
    sort: 'version',
    width: '110px',
    shown: 'asked',
    cell: ({ version }) => plain(version),
  },
];
