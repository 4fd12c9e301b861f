import { LIBRARY_REQUESTS } from '../../firmware-protocol/mqtt/library-requests.ts';
import type { RequestName } from '../../firmware-protocol/mqtt/requests.ts';
import { TEMPLATE_REQUESTS } from '../../firmware-protocol/mqtt/template-requests.ts';
import { library } from './library.ts';
import type { RequestRow } from './request-row.ts';
import { templates } from './templates.ts';

type Rows<N extends RequestName> = { [Name in N]: RequestRow<Name> };

/** What is kept to be said again. */
export const LIBRARY_ROWS: Rows<keyof typeof LIBRARY_REQUESTS | keyof typeof TEMPLATE_REQUESTS> = {
  library: {
    schema: LIBRARY_REQUESTS.library.request,
    right: ({ change }) => (change === undefined ? 'read' : 'speak'),
    handle: library,
  },
  templates: {
    schema: TEMPLATE_REQUESTS.templates.request,
    right: ({ change }) => (change === undefined ? 'read' : 'speak'),
    pressing: true,
    handle: templates,
  },
};
