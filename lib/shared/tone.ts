/** What a mark means to the eye. The status table and the drawing components share these words. */
export const TONES = ['running', 'pending', 'completed', 'failed', 'stopped', 'unknown'] as const;
export type Tone = (typeof TONES)[number];
