import { Alert, List } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { wordsOf } from '../wire/failure.ts';
import { useLanguage } from '../words/language.ts';

/** What went wrong, where a person looks for it; nothing while nothing did. */
export function FailureNote({ error }: { error: unknown }) {
  const language = useLanguage();
  if (error === undefined || error === null) return null;
  const { message, faults } = wordsOf(error, language);
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={message} role="alert">
      {faults.length > 0 && (
        <List size="sm">
          {faults.map((fault) => (
            <List.Item key={fault}>{fault}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
