import { CloseButton, Group, Skeleton, Text, UnstyledButton } from '@mantine/core';
import { useWords } from '../words/language.ts';
import { type Targets, withTarget } from './target-set.ts';
import { TARGET_WORDS } from './target-words.ts';
import './targets.css';
import { useTarget } from './use-target.ts';

/** Who was chosen, by name, each with its towers; without `onChoose` they only tell. */
export function TargetChips({
  chosen,
  onChoose,
}: {
  chosen: Targets;
  onChoose?: (targets: string[]) => void;
}) {
  const say = useWords(TARGET_WORDS);
  if (chosen.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {say('none')}
      </Text>
    );
  return (
    <Group component="ul" gap="xs" className="target-chips" aria-label={say('whom')}>
      {chosen.map((target) => (
        <Chip
          key={target}
          target={target}
          {...(onChoose && { onRemove: () => onChoose(withTarget(chosen, target, false)) })}
        />
      ))}
      {onChoose && chosen.length > 2 && (
        <li>
          <UnstyledButton className="target-clear" onClick={() => onChoose([])}>
            {say('clear')}
          </UnstyledButton>
        </li>
      )}
    </Group>
  );
}

function Chip({ target, onRemove }: { target: string; onRemove?: () => void }) {
  const say = useWords(TARGET_WORDS);
  const { name, halls } = useTarget(target);
  return (
    <li className="target-chip">
      <Text span size="sm">
        {name}
      </Text>
      {halls === undefined ? (
        <Skeleton width={48} height={14} />
      ) : (
        <Text span size="xs" c="dimmed" className="tabular">
          {say('count', { count: halls })}
        </Text>
      )}
      {onRemove && (
        <CloseButton className="target-remove" aria-label={say('remove', { name })} onClick={onRemove} />
      )}
    </li>
  );
}
