import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Of the letterhead of a province's office: dark enough that white words on its sixth shade pass WCAG AA. */
const GREEN: MantineColorsTuple = [
  '#e9f7f3',
  '#d3ece4',
  '#a6d9c9',
  '#75c5ac',
  '#4db593',
  '#34ab84',
  '#137a5b',
  '#0f6b4f',
  '#0b5b43',
  '#044b36',
];

/** Mantine's own red is too light under white words (3.1:1); here its sixth shade has 6:1. */
const RED: MantineColorsTuple = [
  '#fdeceb',
  '#f9d5d2',
  '#f0a8a3',
  '#e6786f',
  '#dd5045',
  '#cf3527',
  '#b3261e',
  '#99201a',
  '#7f1a15',
  '#62130f',
];

/** Of the cross in a corner: it is drawn outside of any room, so it is said in both languages. */
const CLOSE = 'ปิด / Close';

export const THEME = createTheme({
  primaryColor: 'green',
  colors: { green: GREEN, red: RED },
  primaryShade: { light: 6, dark: 6 },
  autoContrast: true,
  fontFamily: '"Noto Sans Thai", system-ui, sans-serif',
  headings: { fontFamily: '"Noto Sans Thai", system-ui, sans-serif', fontWeight: '600' },
  // Thai has marks above and below: closer lines touch.
  lineHeights: { xs: '1.5', sm: '1.55', md: '1.6', lg: '1.65', xl: '1.7' },
  defaultRadius: 'md',
  components: Object.fromEntries(
    ['Notification', 'Modal', 'Drawer'].map((name) => [
      name,
      { defaultProps: { closeButtonProps: { 'aria-label': CLOSE } } },
    ]),
  ),
});
