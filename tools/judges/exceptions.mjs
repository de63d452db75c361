const NO_SIDE_MARGINS =
  "Left and right margins (DECLRMM): the library wraps at the last column of the screen.";
const NO_WINDOW = "There is no window to move, iconify or resize, and a recording's size is the recorder's.";
const NO_TITLE_REPORT = "Titles are never reported: the answer would be what the output chose (decision 25).";
const NO_NAMED_COLORS = "Colours are parsed as rgb:… and #… only (decision 131).";
const VT100 = "The terminal says that it is a VT100 and answers for that level.";
const NO_132_COLUMNS = "DECCOLM: the size is the recorder's.";
const SOFT_WRAPS =
  "Reverse wrapping goes back over soft wraps only, as the library does on purpose and xterm since patch 383.";

/** Why tests fail, by judge: what their names match, and the cause. docs/screens.md says more. */
const CAUSES = {
  alacritty: [
    [/^decaln_reset$/, "DECALN moves the cursor home, as in xterm and tmux; in alacritty it stays."],
    [/^deccolm_reset$/, "DECCOLM without mode 40 does nothing, as in xterm; alacritty clears the screen."],
    [/^selective_erasure$/, "Selective erasure (DECSED, DECSEL) takes place; alacritty has none."],
  ],
  "xterm.js": [
    [
      /^t0055-EL$/,
      "EL while the cursor waits to wrap erases nothing, as in VTE, tmux and alacritty; xterm erases the last column.",
    ],
    [/^t006[01]-/, "Made with an old xterm. DECRC returns to waiting to wrap; xterm 379 does so, too."],
    [
      /^t0084-CBT$/,
      "CBT goes back from a full row, as in VTE and tmux; in xterm the next character still goes to the next row.",
    ],
    [/^t0103-/, SOFT_WRAPS],
  ],
  esctest2: [
    [
      /Margin|LRM|LeftRight|OutsideScrollRegion|ScrollRegion|DECIC|DECDC|DECBI|DECFI|DECSLRM/,
      NO_SIDE_MARGINS,
    ],
    [
      /^(?:CNL|CPL|CHT|CUP|CHA|HVP|HPR|VPR|DECSET_DECOM|DL|IL|CUF|BS_.*LeftEdge|DEC(?:CRA|ERA|FRA|SERA)_respects)/,
      NO_SIDE_MARGINS,
    ],
    [/^XtermWinops.*(?:Push|Pop|Title)|^SMTitle|TitleMode/, NO_TITLE_REPORT],
    [/^XtermWinops|DECSLPP|DECSNLS/, NO_WINDOW],
    [/CIE|TekHVC|RGBI/, NO_NAMED_COLORS],
    [
      /^ResetSpecialColor_Dynamic$/,
      "The first colour of text is light grey; the suite assumes that of xterm.",
    ],
    [/^(?:DA|DA2|DECID|DECSCL)(?:_|$)|DECRQSS_DEC(?:SCL|SACE|SASD|SSDT)/, VT100],
    [/DECCOLM|80To132|MoreFix/, NO_132_COLUMNS],
    [/^ManipulateSelectionData/, "OSC 52 is never answered (decision 25)."],
    [/^DECSET_ALTBUF$/, "The library clears the alternate screen when it is left, also with mode 47."],
  ],
  pictures: [[/^vim-unicode, PNG$/, "Chinese without a font: xterm and we draw different boxes."]],
  libvterm: [
    [
      /shorter with content must scroll/,
      "Rows below the cursor are cut first, as in xterm and tmux; libvterm keeps what is written there.",
    ],
    [/taller attempts to pop scrollback/, "Its harness makes up the history; here it is what scrolled off."],
    [/Shell wrapped prompt/, "Written for a terminal without history; here rows come back from it."],
  ],
};

/** The cause of a failure; null when none is known. */
export function causeOf(judge, test) {
  const name = judge === "esctest2" ? test.replace(/^\w+Tests\.test_/, "") : test;
  return CAUSES[judge]?.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
