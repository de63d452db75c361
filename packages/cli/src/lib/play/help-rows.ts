/** The list of keys, as screen rows. */
export const HELP_ROWS: readonly string[] = [
  " space       pause, continue         ",
  " . ,         next, previous change   ",
  " right left  5 seconds               ",
  " Shift       with those: a tenth     ",
  " 0-9         to that tenth           ",
  " ] [         next, previous mark     ",
  " + -         faster, slower          ",
  " / n         search, search again    ",
  " q           leave                   ",
];
