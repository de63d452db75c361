import { isDeepStrictEqual } from "node:util";
import type { HiddenState } from "../xterm/hidden-state.js";
import type { InternalBuffer, InternalExtended } from "../xterm/internals.js";
import { type Row, readRows } from "../xterm/rows.js";
import type { WrittenTerminal } from "./restoring-output.js";

/** Whether two terminals have the same state, as far as later screens and answers depend on it. */
export function isSameState(one: WrittenTerminal, other: WrittenTerminal): boolean {
  return isDeepStrictEqual(stateOf(one), stateOf(other));
}

function stateOf({ internals, hidden, saved, size, newLines }: WrittenTerminal): unknown {
  const { _inputHandler, _charsetService, coreService, coreMouseService, _bufferService } = internals;
  const { _normal, _alt, active } = _bufferService.buffers;
  const { links, ...others } = hidden;
  const isAlternate = active === _alt;
  return {
    isAlternate,
    rows: readRows(_normal, size.cols).map((row) => rowState(row, links)),
    alternate: isAlternate && readRows(_alt, size.cols).map((row) => rowState(row, links)),
    cursor: [active.x, active.y, _normal.ybase, isAlternate && [_normal.x, _normal.y]],
    margins: [active.scrollTop, active.scrollBottom],
    tabs: tabsOf(active, size.cols),
    saved: [
      saved.normal.isSaved && savedState(_normal, saved.normal, links),
      saved.alternate.isSaved && savedState(_alt, saved.alternate, links),
    ],
    style: styleState(_inputHandler._curAttrData, links),
    titles: ["_windowTitle", "_iconName", "_windowTitleStack", "_iconNameStack"].map(
      (name) => _inputHandler[name],
    ),
    repeats: _inputHandler._parser.precedingJoinState,
    sets: [
      [0, 1, 2, 3].map((index) => _charsetService._charsets[index]),
      _charsetService.glevel,
      _charsetService.charset,
    ],
    modes: [coreService.modes, coreService.decPrivateModes, newLines],
    mouse: [coreMouseService.activeProtocol, coreMouseService.activeEncoding],
    hidden: others,
  };
}

type Links = HiddenState["links"];

function rowState({ words, isWrapped, clusters, styles }: Row, links: Links): unknown {
  const beside = [...styles].map(([col, style]) => [col, extendedState(style, links)]);
  return { words, isWrapped, clusters, beside };
}

function savedState(buffer: InternalBuffer, cursor: object, links: Links): unknown {
  const style = buffer.savedCurAttrData as Parameters<typeof styleState>[0];
  return { ...cursor, col: buffer.savedX, set: buffer.savedCharset ?? null, style: styleState(style, links) };
}

function styleState(
  { fg, bg, extended }: { fg: number; bg: number; extended: InternalExtended },
  links: Links,
): unknown {
  return [fg, bg, extendedState(extended, links)];
}

/** The same links have other numbers in another terminal. */
function extendedState({ _ext, urlId }: InternalExtended, links: Links): unknown {
  return [_ext, links.get(urlId) ?? ""];
}

function tabsOf({ tabs }: InternalBuffer, cols: number): boolean[] {
  return Array.from({ length: cols }, (_, col) => Boolean((tabs as Record<number, boolean>)[col]));
}
