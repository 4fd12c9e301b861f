import { wordsOf } from '../wire/failure.ts';
import { useLanguage } from '../words/language.ts';

export function FailureLine({ error }: { error: unknown }) {
  const lang = useLanguage();
  if (error === undefined) return null;
  const { message, faults } = wordsOf(error, lang);
  return (
    <p className="failure" role="alert">
      {[message, ...faults].join(' · ')}
    </p>
  );
}
