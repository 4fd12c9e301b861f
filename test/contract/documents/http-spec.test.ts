import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { ROUTES } from '../../../firmware-protocol/http/catalogue.ts';
import { EnrolmentRequest, EnrolmentRoots } from '../../../firmware-protocol/http/enrolment.ts';
import { MEDIA_TYPE, MediaInfo } from '../../../firmware-protocol/http/media.ts';
import { PictureInfo } from '../../../firmware-protocol/http/picture.ts';
import { LogOnRequest, SessionAnswer } from '../../../firmware-protocol/http/session.ts';
import { readMarkdown } from './markdown.ts';

const spec = readMarkdown('http/SPEC.md');
const schemas: Record<string, z.ZodType> = {
  MediaInfo,
  PictureInfo,
  EnrolmentRequest,
  EnrolmentRoots,
  LogOnRequest,
  SessionAnswer,
};

describe('http/SPEC.md says what the catalogue says', () => {
  it('each route, in order', () => {
    expect(spec.table('route')).toEqual(
      Object.entries(ROUTES).map(([name, row]) => [
        name,
        row.method,
        row.path,
        row.from,
        row.proof,
        String(row.maxBytes),
        row.says,
      ]),
    );
  });

  it('the type of sound', () => {
    expect(spec.text).toContain(`\`${MEDIA_TYPE}\``);
  });

  it.each(spec.examples)('its example of $schema is one', ({ schema, json }) => {
    expect(schemas[schema]?.safeParse(JSON.parse(json))).toMatchObject({ success: true });
  });
});
