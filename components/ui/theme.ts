import { type CSSVariablesResolver, createTheme } from '@mantine/core';

/** What floats above the page stands on the raised surface. */
const RAISED = { background: 'var(--cairn-raised)' };
const OVERLAY = { backgroundOpacity: 0.4, blur: 0 };

/** Mantine tuned to Cairn: four text sizes, two weights, a 4 px grid, one accent. Colours come from tokens.css. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.45', xl: '1.3' },
  fontWeights: { regular: '400', medium: '550', bold: '550' },
  headings: {
    fontFamily: "'Inter Variable', system-ui, sans-serif",
    fontWeight: '550',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '1.3' },
      h2: { fontSize: '15px', lineHeight: '1.4' },
      h3: { fontSize: '13px', lineHeight: '1.45' },
      h4: { fontSize: '13px', lineHeight: '1.45' },
      h5: { fontSize: '12px', lineHeight: '1.45' },
      h6: { fontSize: '12px', lineHeight: '1.45' },
    },
  },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  primaryColor: 'accent',
  primaryShade: 7,
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  colors: {
    accent: [
      '#eef3fe',
      '#dbe6fc',
      '#b9cff9',
      '#93b4f5',
      '#7fa9f9',
      '#5485ea',
      '#3a6cdb',
      '#2257c9',
      '#1c49aa',
      '#173b89',
    ],
    dark: [
      '#e4e8ef',
      '#c6cedb',
      '#9ba7ba',
      '#68768c',
      '#2a3240',
      '#252d3a',
      '#1e2430',
      '#171c26',
      '#11151d',
      '#0d1118',
    ],
    gray: [
      '#f7f8fa',
      '#eff2f6',
      '#e1e6ed',
      '#d2d9e3',
      '#b9c3d0',
      '#94a1b3',
      '#66738a',
      '#55617a',
      '#333d50',
      '#131b2a',
    ],
  },
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { size: 28, variant: 'subtle', color: 'gray' } },
    Tooltip: {
      defaultProps: { withArrow: false, multiline: true, maw: 420, events: { hover: true, focus: true, touch: true } },
    },
    Modal: {
      defaultProps: { transitionProps: { duration: 140 }, overlayProps: OVERLAY },
      styles: { content: RAISED, header: RAISED, title: { fontWeight: 550 } },
    },
    // Inside the landmark of its button, since a portal at the end of the page belongs to no part of it; and with the
    // focus on the menu itself, since the placeholder that would take it is a child no menu may have.
    Menu: {
      defaultProps: {
        transitionProps: { duration: 120 },
        shadow: 'md',
        withinPortal: false,
        withInitialFocusPlaceholder: false,
      },
      styles: { dropdown: RAISED },
    },
    Combobox: {
      defaultProps: { transitionProps: { duration: 120 }, shadow: 'md', withinPortal: false },
      styles: { dropdown: RAISED },
    },
    Popover: { defaultProps: { transitionProps: { duration: 120 } }, styles: { dropdown: RAISED } },
    Spotlight: { defaultProps: { overlayProps: OVERLAY }, styles: { content: RAISED } },
    TextInput: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs' } },
  },
});

const shared = {
  '--mantine-color-body': 'var(--cairn-bg)',
  '--mantine-color-text': 'var(--cairn-text)',
  '--mantine-color-bright': 'var(--cairn-text)',
  '--mantine-color-dimmed': 'var(--cairn-dim)',
  '--mantine-color-placeholder': 'var(--cairn-dim)',
  '--mantine-color-anchor': 'var(--cairn-accent)',
  '--mantine-color-error': 'var(--cairn-failed)',
  '--mantine-color-success': 'var(--cairn-completed)',
  '--mantine-color-default': 'var(--cairn-surface)',
  '--mantine-color-default-hover': 'var(--cairn-sunken)',
  '--mantine-color-default-color': 'var(--cairn-text)',
  '--mantine-color-default-border': 'var(--cairn-line)',
  '--mantine-color-gray-light-color': 'var(--cairn-text)',
  '--mantine-color-accent-light': 'var(--cairn-accent-soft)',
  '--mantine-color-accent-light-color': 'var(--cairn-accent)',
  '--mantine-color-accent-text': 'var(--cairn-accent)',
  '--mantine-color-red-light': 'var(--cairn-failed-soft)',
  '--mantine-color-red-light-hover': 'var(--cairn-failed-soft)',
  '--mantine-color-red-light-color': 'var(--cairn-failed)',
  '--mantine-color-red-filled': '#bb2323',
  '--mantine-color-red-filled-hover': '#a11d1d',
  '--mantine-color-disabled-color': 'var(--cairn-dim)',
};

/** Mantine's own names for surfaces and text, pointed at the tokens. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });
