import { Alert, Badge, Button, Code, Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconDownload, IconLink } from '@tabler/icons-react';
import { useState } from 'react';
import { saveFile } from '../house/csv-file.ts';
import { FailureNote } from '../house/failure-note.tsx';
import { RoomTitle } from '../house/room-title.tsx';
import { SearchBox } from '../house/search-box.tsx';
import { WideTable } from '../house/wide-table.tsx';
import { timeWords } from '../time/thai-time.ts';
import { useAnswer } from '../wire/use-wire.tsx';
import { useLanguage, useWords } from '../words/language.ts';
import { type AuditLine, readable } from './audit-chain.ts';
import { AUDIT_WORDS } from './audit-words.ts';
import { type Checked, useAllLines, useChainCheck } from './use-audit.ts';

/** Lines on the first look; as many more with each press. */
const SHOWN = 200;

/** Who did what: to read from the end, to carry away, to check without trusting the server. */
export default function AuditRoom() {
  const say = useWords(AUDIT_WORDS);
  const [shown, setShown] = useState(SHOWN);
  const [sought, setSought] = useState('');
  const [error, setError] = useState<unknown>();
  const { data: end, error: failed } = useAnswer('audit', { limit: 1 });
  const after = Math.max(0, (end?.head.n ?? 0) - shown);
  const { data } = useAnswer(
    'audit',
    { after, limit: Math.min(shown, 1_000) },
    { enabled: end !== undefined },
  );
  const { checked, check } = useChainCheck();
  const save = useSaved();
  const lines = (data?.lines ?? []).map((line, at) => readable(line, after + at + 1)).reverse();
  const found = lines.filter((line) => isIn(line, sought));
  return (
    <Stack>
      <Group justify="space-between">
        <RoomTitle>{say('heading')}</RoomTitle>
        <Group>
          <Button
            variant="default"
            leftSection={<IconLink size={18} aria-hidden />}
            onClick={() => check().catch(setError)}
          >
            {say('verify')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
            onClick={() => save().catch(setError)}
          >
            {say('export')}
          </Button>
        </Group>
      </Group>
      <Text c="dimmed" maw={760}>
        {say('intro')}
      </Text>
      <FailureNote error={error ?? failed} />
      {checked !== undefined && <Chain checked={checked} />}
      <SearchBox maw={360} label={say('search')} value={sought} onChange={setSought} />
      {data === undefined && failed === null && <Skeleton height={300} />}
      {data !== undefined && <Lines lines={found} />}
      {after > 0 && shown < 1_000 && (
        <Button variant="subtle" onClick={() => setShown(shown + SHOWN)}>
          {say('older')}
        </Button>
      )}
    </Stack>
  );
}

function Lines({ lines }: { lines: AuditLine[] }) {
  const say = useWords(AUDIT_WORDS);
  const lang = useLanguage();
  return (
    <WideTable minWidth={720} label={say('heading')}>
      <Table verticalSpacing="xs" style={{ fontVariantNumeric: 'tabular-nums' }}>
        <Table.Thead>
          <Table.Tr>
            {(['number', 'at', 'who', 'act', 'outcome'] as const).map((head) => (
              <Table.Th key={head}>{say(head)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <Table.Tr key={line.n}>
              <Table.Td>{line.n}</Table.Td>
              <Table.Td>{line.at === '' ? '' : timeWords(line.at, 'moment', lang)}</Table.Td>
              <Table.Td>{line.who}</Table.Td>
              <Table.Td>
                {line.act}
                <Details line={line} />
              </Table.Td>
              <Table.Td>
                <Outcome line={line} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </WideTable>
  );
}

const OUTCOMES = { asked: 'gray', done: 'green', refused: 'red' } as const;
const isOutcome = (outcome: string): outcome is keyof typeof OUTCOMES => outcome in OUTCOMES;

function Outcome({ line: { outcome, code } }: { line: AuditLine }) {
  const say = useWords(AUDIT_WORDS);
  if (!isOutcome(outcome)) return outcome;
  return (
    <Badge color={OUTCOMES[outcome]} variant="light" tt="none">
      {[say(outcome), code].filter(Boolean).join(': ')}
    </Badge>
  );
}

function Details({ line: { document, result, from } }: { line: AuditLine }) {
  const say = useWords(AUDIT_WORDS);
  if (document === undefined && result === undefined && !from) return null;
  return (
    <details>
      <summary>{say('details')}</summary>
      <Code block tabIndex={0}>
        {JSON.stringify({ document, result, from }, undefined, 1)}
      </Code>
    </details>
  );
}

function Chain({ checked: { count, all, head, fault } }: { checked: Checked }) {
  const say = useWords(AUDIT_WORDS);
  if (fault !== undefined)
    return (
      <Alert color="red" role="alert">
        {say('broken', { line: fault.line, fault: say(fault.fault) })}
      </Alert>
    );
  if (head === undefined) return <Text role="status">{say('verifying', { some: count, count: all })}</Text>;
  return (
    <Alert color="green" role="status" style={{ overflowWrap: 'anywhere' }}>
      {say('whole', { n: head.n, hash: head.hash })}
    </Alert>
  );
}

const isIn = (line: AuditLine, sought: string): boolean =>
  [line.who, line.act, line.code ?? '', JSON.stringify(line.document ?? '')].some((each) =>
    each.toLowerCase().includes(sought.trim().toLowerCase()),
  );

/** The whole book as a file, as `prakat audit export` writes it. */
function useSaved(): () => Promise<void> {
  const say = useWords(AUDIT_WORDS);
  const readAll = useAllLines();
  return async () => {
    const all: string[] = [];
    await readAll(async (lines) => all.push(...lines) >= 0);
    saveFile(`${say('file')}.jsonl`, `${all.join('\n')}\n`, 'application/jsonl');
  };
}
