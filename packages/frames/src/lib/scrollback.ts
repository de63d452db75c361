/**
 * Lines kept above the screen: as many as a later resize can bring back. A terminal keeps more, but no screen
 * grows by more rows than this often, and each line is part of every checkpoint.
 */
export const SCROLLBACK_LINES = 200;
