import { Button, Group, Skeleton, Text } from '@mantine/core';
import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import { useAnswer } from '../wire/use-wire.tsx';
import { useWords } from '../words/language.ts';
import { EMERGENCY_WORDS } from './emergency-words.ts';

export type Template = AnswerTo<'templates'>['templates'][number];

/** Words that were thought out on a quiet day. */
export function TemplateChoice({
  chosen,
  onTake,
}: {
  chosen: string | undefined;
  onTake: (template: Template) => void;
}) {
  const say = useWords(EMERGENCY_WORDS);
  const { data } = useAnswer('templates', { use: 'emergency' });
  if (data === undefined) return <Skeleton height={44} />;
  if (data.templates.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {say('noTemplates')}
      </Text>
    );
  return (
    <Group gap="xs" role="group" aria-label={say('templates')}>
      {data.templates.map((template) => (
        <Button
          key={`${template.area}/${template.template}`}
          variant={template.template === chosen ? 'filled' : 'default'}
          aria-pressed={template.template === chosen}
          onClick={() => onTake(template)}
        >
          {template.title}
        </Button>
      ))}
    </Group>
  );
}
