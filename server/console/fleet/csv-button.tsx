import { Button } from '@mantine/core';
import { IconDownload, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { csvLines, csvName, csvText, saveFile } from '../house/csv-file.ts';
import { FailureNote } from '../house/failure-note.tsx';
import { useWire } from '../wire/use-wire.tsx';
import { useLanguage, useWords } from '../words/language.ts';
import { fetchEveryHall } from './fleet-file.ts';
import type { FleetSearch } from './fleet-search.ts';
import { FLEET_WORDS } from './fleet-words.ts';
import { csvHead, csvRow } from './hall-csv.ts';
import { filterOf } from './use-hall-window.ts';

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
      const pieces = [csvText([csvHead(say)])];
      await fetchEveryHall({
        ask: (request) => ask('halls', request, stop.signal),
        filter: filterOf(search),
        take: (halls, places) => {
          for (const place of places) names.set(place.area, place[lang]);
          pieces.push(csvLines(halls.map((row) => csvRow(row, (area) => names.get(area), say, lang))));
        },
        onProgress: (done, total) => setWork({ done, total, stop }),
      });
      saveFile(csvName(say('csvFile'), search.area, Date.now()), pieces);
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
