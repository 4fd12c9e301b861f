import { Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useLanguage, useWords } from '../../words/language.ts';
import { Card } from './card.tsx';
import { HALL_WORDS } from './hall-words.ts';
import { warningRow } from './report-sentences.ts';

/** What the hall warns of: number for the telephone, what is so, why it usually is, what to do. */
export function WarningCard({ codes }: { codes: readonly string[] }) {
  const say = useWords(HALL_WORDS);
  return (
    <Card title={say('warnings')}>
      {codes.length === 0 && (
        <Group gap={6} c="var(--good)">
          <IconCircleCheck size={18} aria-hidden />
          <Text inherit>{say('warningsNone')}</Text>
        </Group>
      )}
      <Stack component="ul" className="plain-list">
        {codes.map((code) => (
          <Warning key={code} code={code} />
        ))}
      </Stack>
    </Card>
  );
}

function Warning({ code }: { code: string }) {
  const say = useWords(HALL_WORDS);
  const lang = useLanguage();
  const row = warningRow(code);
  return (
    <Group component="li" wrap="nowrap" align="flex-start" gap="sm">
      <IconAlertTriangle size={20} color="var(--poor)" aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
      <div>
        <Text fw={600}>
          {row?.number} {row?.[lang].says ?? code}
        </Text>
        {row === undefined ? (
          <Text size="sm">{say('strange')}</Text>
        ) : (
          <dl className="said">
            <dt>{say('cause')}</dt>
            <dd>{row[lang].cause}</dd>
            <dt>{say('remedy')}</dt>
            <dd>{row[lang].remedy}</dd>
          </dl>
        )}
      </div>
    </Group>
  );
}
