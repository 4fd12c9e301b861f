import { Button } from '@mantine/core';
import { IconDownload, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { HallsAnswer } from '../../../firmware-protocol/mqtt/hall-requests.ts';
import { csvName, csvText, saveFile } from '../house/csv-file.ts';
import { FailureNote } from '../house/failure-note.tsx';
import { useWire } from '../wire/use-wire.tsx';
import { useLanguage, useWords } from '../words/language.ts';
import type { FleetSearch } from './fleet-search.ts';
import { FLEET_WORDS } from './fleet-words.ts';
import { csvHead, csvRow } from './hall-csv.ts';
import { filterOf } from './use-hall-window.ts';

/** Rows asked for at once: the most that the server gives. */
const PAGE = 500;

/** The list as it is filtered and sorted, to the last row; of a nation it takes some seconds, and can be stopped. */
export function CsvButton({ search }: { search: FleetSearch }) {
  const say = useWords(FLEET_WORDS);
  const lang = useLanguage();
  const { ask } = useWire();
  const [work, setWork] = useState<{ done: number; total: number; stop: AbortController }>();
  const [error, setError] = useState<unknown>();
  const fetchAll = async () => {
    const stop = new AbortController();
    setError(undefined);
    setWork({ done: 0, total: 1, stop });
    try {
      const names = new Map<string, string>();
      const rows: string[][] = [];
      for (let skip = 0, total = 1; skip < total; ) {
        const answer: HallsAnswer = await ask(
          'halls',
          { ...filterOf(search), skip, limit: PAGE },
          stop.signal,
        );
        for (const place of answer.places) names.set(place.area, place[lang]);
        rows.push(...answer.halls.map((row) => csvRow(row, (area) => names.get(area), say, lang)));
        total = answer.halls.length === 0 ? skip : answer.total;
        skip += answer.halls.length;
        setWork({ done: skip, total, stop });
      }
      saveFile(csvName(say('csvFile'), search.area, Date.now()), csvText([csvHead(say), ...rows]));
    } catch (failed) {
      if (!stop.signal.aborted) setError(failed);
    }
    setWork(undefined);
  };
  if (work !== undefined)
    return (
      <Button
        variant="default"
        leftSection={<IconX size={16} aria-hidden />}
        onClick={() => work.stop.abort()}
      >
        {say('csvStop')} {Math.floor((100 * work.done) / Math.max(1, work.total))}%
      </Button>
    );
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        onClick={() => void fetchAll()}
      >
        {say('csv')}
      </Button>
      <FailureNote error={error} />
    </>
  );
}
