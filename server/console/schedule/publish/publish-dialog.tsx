import { Alert, Button, Checkbox, Group, List, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { ruleWords } from '../../../../firmware-protocol/content/spoken-rules/spoken-rule.ts';
import type { AnswerTo } from '../../../../firmware-protocol/mqtt/requests.ts';
import { useListedName } from '../../areas/use-listed-area.ts';
import { useProve } from '../../door/step-up.tsx';
import { FailureNote } from '../../house/failure-note.tsx';
import { timeWords } from '../../time/thai-time.ts';
import { useAnswer, useOrder } from '../../wire/use-wire.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { CheckList, isGrave } from './check-list.tsx';
import { FrozenFields } from './frozen-fields.tsx';
import { PUBLISH_WORDS } from './publish-words.ts';

type Looked = AnswerTo<'publish'>;
type Accept = 'conflicts' | 'frozen';
const CHANGES = ['added', 'changed', 'removed'] as const;

interface Props {
  area: string;
  /** Back to this version; absent = the draft. */
  version?: number;
  onClose: () => void;
}

/** What would be published, what stands against it, who has to agree; then the publishing of exactly that. */
export function PublishDialog({ area, version, onClose }: Props) {
  const say = useWords(PUBLISH_WORDS);
  const language = useLanguage();
  const name = useListedName(area);
  const prove = useProve();
  const [accept, setAccept] = useState<Accept[]>([]);
  const [why, setWhy] = useState('');
  const asked = { area, accept, ...(version !== undefined && { version }) };
  // Looked at anew each time it is opened, and with each tick: the hash is of what was accepted too.
  const { data, error, isFetching } = useAnswer('publish', { ...asked, dry_run: true }, { staleTime: 0 });
  const publish = useOrder('publish', ['draft', 'occurrences', 'versions', 'delivery', 'approvals']);
  const { conflicts = [], frozen = [] } = data?.check ?? {};
  const [isGraveThere, isFrozen] = [conflicts.some(isGrave), frozen.length > 0];
  const takesTwo = (data?.needs?.length ?? 0) > 0;
  const send = async () => {
    if (data === undefined) return;
    const wanted = { ...asked, sha256: data.sha256, ...(isFrozen && { why: why.trim() }) };
    const request = takesTwo ? await prove(wanted) : wanted;
    if (request === undefined) return;
    const { published, version: made, waits } = await publish.mutateAsync(request);
    notifications.show({
      color: published ? 'green' : 'yellow',
      message: published
        ? say('published', { version: made })
        : say('waits', { until: timeWords(waits?.until ?? '', 'moment', language) }),
    });
    onClose();
  };
  const tick = (what: Accept, on: boolean) =>
    setAccept((before) => (on ? [...before, what].sort() : before.filter((each) => each !== what)));
  const isAccepted =
    (!isGraveThere || accept.includes('conflicts')) &&
    (!isFrozen || (accept.includes('frozen') && why.trim() !== ''));
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={version === undefined ? say('title', { area: name }) : say('rollTitle', { area: name, version })}
    >
      <Stack>
        {data === undefined && error === null && <Skeleton height={160} />}
        {data && <Looked looked={data} />}
        {isGraveThere && (
          <Checkbox
            label={say('acceptConflicts')}
            checked={accept.includes('conflicts')}
            onChange={(event) => tick('conflicts', event.currentTarget.checked)}
          />
        )}
        {isFrozen && (
          <FrozenFields
            {...{ frozen, why }}
            titles={titlesIn(data?.change)}
            isAccepted={accept.includes('frozen')}
            onAccept={(on) => tick('frozen', on)}
            onWhy={setWhy}
          />
        )}
        <FailureNote error={publish.error ?? error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {say('close')}
          </Button>
          <Button
            disabled={data === undefined || !isAccepted || isFetching}
            loading={publish.isPending}
            onClick={() => void send().catch(() => undefined)}
          >
            {say(takesTwo ? 'ask' : 'now')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Of what becomes otherwise, by id. */
function titlesIn(change: Looked['change']): ReadonlyMap<string, string> {
  return new Map(CHANGES.flatMap((each) => change?.[each] ?? []).map(({ id, title }) => [id, title]));
}

const WHY = { alert: 'alert', wide: 'wide', 'quiet-hours': 'quietHours' } as const;

function Looked({ looked: { version, entries, check, needs = [], change } }: { looked: Looked }) {
  const say = useWords(PUBLISH_WORDS);
  const language = useLanguage();
  const isSame = change !== undefined && CHANGES.every((each) => change[each].length === 0);
  return (
    <>
      <Text>{say('becomes', { version, count: entries })}</Text>
      {isSame && <Text size="sm">{say('same')}</Text>}
      {CHANGES.filter((each) => (change?.[each].length ?? 0) > 0).map((each) => (
        <div key={each}>
          <Text size="sm" c="dimmed">
            {say(each)}
          </Text>
          <List size="sm">
            {change?.[each].map(({ id, title, starts, rule }) => (
              <List.Item key={id}>
                {title} · {ruleWords(rule, starts, language)}
              </List.Item>
            ))}
          </List>
        </div>
      ))}
      <CheckList check={check} />
      {needs.length > 0 && (
        <Alert color="yellow" icon={<IconUsers aria-hidden />}>
          {say('needs', { why: needs.map((each) => say(WHY[each])).join(', ') })}
        </Alert>
      )}
    </>
  );
}
