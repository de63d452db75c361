import { nearestFrame } from "../evidence/moment.js";
import type { CursorAt, SizeAt, SizeEventually } from "./assertion.js";
import { describeWindow, framesWithin } from "./frame-text.js";
import type { Check } from "./mismatch.js";

export const cursorAt: Check<CursorAt> = (assertion, evidence) => {
  const { at_ms = 0, cursor_row = 0, cursor_col = 0, cursor_visible } = assertion;
  const frame = nearestFrame(evidence, at_ms);
  const shown = cursor_visible === undefined ? "" : cursor_visible ? ", visible" : ", hidden";
  const expected = `near ${at_ms} ms the cursor is at row ${cursor_row}, column ${cursor_col} (from 0)${shown}`;
  if (!frame) return { expected, found: "there are no frames", t_ms: at_ms };
  const { Row, Col, Visible } = frame.cursor;
  const isThere = Row === cursor_row && Col === cursor_col;
  if (isThere && (cursor_visible === undefined || cursor_visible === Visible)) return null;
  const found = `in frame ${frame.seq} at ${frame.t_ms} ms it is at row ${Row}, column ${Col}, ${Visible ? "visible" : "hidden"}`;
  return { expected, found, t_ms: at_ms };
};

export const sizeAt: Check<SizeAt> = ({ rows, cols, at_ms = 0 }, evidence) => {
  const frame = nearestFrame(evidence, at_ms);
  const expected = `the frame nearest to ${at_ms} ms has ${rows} rows × ${cols} columns`;
  if (!frame) return { expected, found: "there are no frames", t_ms: at_ms };
  const { Rows, Cols } = frame.size;
  if (Rows === rows && Cols === cols) return null;
  return { expected, found: `frame ${frame.seq} at ${frame.t_ms} ms has ${Rows} × ${Cols}`, t_ms: at_ms };
};

export const sizeEventually: Check<SizeEventually> = ({ rows, cols, ...window }, evidence) => {
  const frames = framesWithin(evidence, window);
  if (frames.some(({ size }) => size.Rows === rows && size.Cols === cols)) return null;
  const sizes = [...new Set(frames.map(({ size }) => `${size.Rows} × ${size.Cols}`))];
  return {
    expected: `a frame ${describeWindow(window)} has ${rows} rows × ${cols} columns`,
    found: sizes.length > 0 ? `all have ${sizes.join(", ")}` : "there is no frame in that time",
    t_ms: window.at_ms ?? 0,
  };
};
