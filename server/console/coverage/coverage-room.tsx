import './coverage.css';
import { Button, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { homeOf, readArea, writeArea } from '../areas/area-address.ts';
import { AreaPath } from '../areas/area-path.tsx';
import { useSession } from '../door/use-session.tsx';
import { csvName, csvText, saveFile } from '../house/csv-file.ts';
import { FailureNote } from '../house/failure-note.tsx';
import { useAnswer, useWire } from '../wire/use-wire.tsx';
import { useLanguage, useWords } from '../words/language.ts';
import { allWanting, type Coverage, partsCsv, STANDINGS, shareOf, wantingCsv } from './coverage-rows.ts';
import { COVERAGE_WORDS } from './coverage-words.ts';
import { PartTable } from './part-table.tsx';
import { ShareBar, STANDING_COLOR } from './share-bar.tsx';
import { WantingTable } from './wanting-table.tsx';

/** Who of an area has a box that works, and who has not, since when. */
export default function CoverageRoom() {
  const say = useWords(COVERAGE_WORDS);
  const home = homeOf(useSession().areas);
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const area = readArea(raw, home);
  const { data, error } = useAnswer('coverage', { area }, { keep: true });
  const goTo = (next: string) => void navigate({ to: '/coverage', search: writeArea(next, home) });
  return (
    <Stack>
      <div>
        <Group justify="space-between" gap="xs">
          <Title order={1} size="h3">
            {say('title')}
          </Title>
          <AreaPath area={area} onGo={goTo} />
        </Group>
        <Text c="dimmed">{say('about')}</Text>
      </div>
      <FailureNote error={data === undefined ? error : null} />
      {data === undefined && error === null && <Skeleton height={320} />}
      {data !== undefined &&
        (data.all.villages === 0 ? <NoVillages /> : <Found coverage={data} onGo={goTo} />)}
    </Stack>
  );
}

function NoVillages() {
  const say = useWords(COVERAGE_WORDS);
  return (
    <Stack gap={4} align="center" py="xl" role="status">
      <Text fw={600}>{say('none')}</Text>
      <Text c="dimmed" size="sm">
        {say('noneWhy')}
      </Text>
    </Stack>
  );
}

function Found({ coverage, onGo }: { coverage: Coverage; onGo: (area: string) => void }) {
  const say = useWords(COVERAGE_WORDS);
  const { all, parts } = coverage;
  return (
    <>
      <Paper withBorder p="md">
        <Text fw={600} size="lg" mb="xs" className="tabular">
          {say('share', { share: shareOf(all), count: all.villages })}
        </Text>
        <ShareBar counts={all} />
        <dl className="share-legend">
          {STANDINGS.map((standing) => (
            <div key={standing}>
              <dt>
                <span aria-hidden style={{ background: STANDING_COLOR[standing] }} />
                {say(standing)}
              </dt>
              <dd className="tabular">{all[standing].toLocaleString('en-US')}</dd>
            </div>
          ))}
        </dl>
      </Paper>
      <Downloads coverage={coverage} />
      {parts.length > 0 && <PartTable parts={parts} onGo={onGo} />}
      <WantingTable coverage={coverage} />
    </>
  );
}

function Downloads({ coverage }: { coverage: Coverage }) {
  const say = useWords(COVERAGE_WORDS);
  const lang = useLanguage();
  const { ask } = useWire();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const { area, parts } = coverage;
  const saveParts = () =>
    saveFile(csvName(say('fileParts'), area, Date.now()), csvText(partsCsv(parts, say, lang)));
  const saveWanting = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const all = await allWanting(area, (each) => ask('coverage', { area: each }));
      saveFile(csvName(say('fileWanting'), area, Date.now()), csvText(wantingCsv(all, say, lang)));
    } catch (failed) {
      setError(failed);
    }
    setBusy(false);
  };
  return (
    <Group gap="xs">
      {parts.length > 0 && (
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={saveParts}>
          {say('csvParts')}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        disabled={busy}
        onClick={() => void saveWanting()}
      >
        {say(busy ? 'csvWorking' : 'csvWanting')}
      </Button>
      <FailureNote error={error} />
    </Group>
  );
}
