import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InputRecord, JsonValue } from "./index.js";
import {
  encodeDiscovery,
  encodeFinalRecord,
  encodeFrameRecord,
  encodeInputRecord,
  encodeJsonText,
  encodeOutputLine,
  encodeOutputRecord,
  encodeQuota,
  encodeScrubReport,
  encodeServiceEventRecord,
  isJsonText,
  jsonText,
  mapUnknownFields,
  parseDiscovery,
  parseFinalRecord,
  parseFrameRecord,
  parseInputRecord,
  parseManifest,
  parseOutputLine,
  parseOutputRecord,
  parseQuota,
  parseScrubReport,
  parseServiceEventRecord,
} from "./schema.js";

const where = { file: "input.jsonl", line: 3 };
const withCode = (code: string) => expect.objectContaining({ code });

describe("parseInputRecord", () => {
  const cases: [name: string, line: string, code: string][] = [
    ["text that ends early", '{"seq":1,"t_ms":0,"kind":"in', "CASSETTE_JSON_TRUNCATED"],
    ["an empty text", " ", "CASSETTE_JSON_TRUNCATED"],
    ["text that ends after a minus", '{"seq":-', "CASSETTE_JSON_TRUNCATED"],
    ["text that ends after a decimal point", '{"seq":1.', "CASSETTE_JSON_TRUNCATED"],
    ["text that ends in an exponent", '{"seq":1e+', "CASSETTE_JSON_TRUNCATED"],
    ["a minus without digits", '{"seq":-,"t_ms":0,"kind":"x"}', "CASSETTE_JSON_INVALID"],
    ["a decimal point without digits", '{"seq":1.,"t_ms":0,"kind":"x"}', "CASSETTE_JSON_INVALID"],
    [
      "a range spelled as a float",
      '{"seq":1,"t_ms":0,"kind":"x","masked":[[0,1.0]]}',
      "CASSETTE_FIELD_INVALID",
    ],
    ["a range of three", '{"seq":1,"t_ms":0,"kind":"x","masked":[[0,1,2]]}', "CASSETTE_FIELD_INVALID"],
    ["a trailing comma", '{"seq":1,"t_ms":0,"kind":"x",}', "CASSETTE_JSON_INVALID"],
    ["a second value", '{"seq":1,"t_ms":0,"kind":"x"} {}', "CASSETTE_JSON_INVALID"],
    ["a byte order mark", '\ufeff{"seq":1,"t_ms":0,"kind":"x"}', "CASSETTE_JSON_INVALID"],
    ["a raw control character", '{"seq":1,"t_ms":0,"kind":"\u0001"}', "CASSETTE_JSON_INVALID"],
    ["an escape JSON does not have", '{"seq":1,"t_ms":0,"kind":"\\x"}', "CASSETTE_JSON_INVALID"],
    ["a number with a leading zero", '{"seq":01,"t_ms":0,"kind":"x"}', "CASSETTE_JSON_INVALID"],
    ["a key that occurs twice", '{"seq":1,"seq":2,"t_ms":0,"kind":"x"}', "CASSETTE_KEY_INVALID"],
    ["a key twice, once escaped", '{"seq":1,"\\u0073eq":2,"t_ms":0,"kind":"x"}', "CASSETTE_KEY_INVALID"],
    ["a known key in another case", '{"Seq":1,"t_ms":0,"kind":"x"}', "CASSETTE_KEY_INVALID"],
    ["a known key with a folding letter", '{"seq":1,"t_ms":0,"\u212aind":"x"}', "CASSETTE_KEY_INVALID"],
    [
      "a nested key in another case",
      '{"seq":1,"t_ms":0,"kind":"x","size":{"rows":1,"Cols":2}}',
      "CASSETTE_KEY_INVALID",
    ],
    ["an integer spelled as a float", '{"seq":1.0,"t_ms":0,"kind":"x"}', "CASSETTE_FIELD_INVALID"],
    ["an integer spelled with an exponent", '{"seq":1e0,"t_ms":0,"kind":"x"}', "CASSETTE_FIELD_INVALID"],
    ["an integer above 2^53", '{"seq":9007199254740993,"t_ms":0,"kind":"x"}', "CASSETTE_FIELD_INVALID"],
    ["a string for a number", '{"seq":"1","t_ms":0,"kind":"x"}', "CASSETTE_FIELD_INVALID"],
    ["a missing field", '{"t_ms":0,"kind":"x"}', "CASSETTE_FIELD_INVALID"],
    ["another kind of value", "[1]", "CASSETTE_FIELD_INVALID"],
    ["null", "null", "CASSETTE_FIELD_INVALID"],
    ["unpadded base64", '{"seq":1,"t_ms":0,"kind":"x","bytes":"aw"}', "CASSETTE_BASE64_INVALID"],
    ["URL-safe base64", '{"seq":1,"t_ms":0,"kind":"x","bytes":"_-8="}', "CASSETTE_BASE64_INVALID"],
    ["base64 with stray bits", '{"seq":1,"t_ms":0,"kind":"x","bytes":"ax=="}', "CASSETTE_BASE64_INVALID"],
  ];
  it.each(cases)("refuses %s", (_name, line, code) => {
    expect(() => parseInputRecord(line, where)).toThrow(withCode(code));
  });

  it("names file and line and none of the bytes", () => {
    const error = catchError(() =>
      parseInputRecord('{"seq":1,"t_ms":0,"kind":"x","bytes":"sesame!"}', where),
    );
    expect(error).toMatchObject({ file: "input.jsonl", line: 3 });
    expect(JSON.stringify(error) + String(error)).not.toContain("sesame");
  });

  it("ignores CR and LF inside base64, as Go does", () => {
    const { bytes } = parseInputRecord('{"seq":1,"t_ms":0,"kind":"x","bytes":"a\\nw==\\r"}', where);
    expect(bytes).toEqual(new Uint8Array([0x6b]));
  });

  it.each([
    [
      "keys in a record",
      `{"seq":1,"t_ms":0,"kind":"x"${Array.from({ length: 1_001 }, (_, n) => `,"k${n}":1`).join("")}}`,
    ],
    [
      "keys in a map",
      `{"seq":1,"t_ms":0,"kind":"x","m":{${Array.from({ length: 200_001 }, (_, n) => `"${n}":1`)}}}`,
    ],
    ["lists", `{"seq":1,"t_ms":0,"kind":"x","l":[${Array.from({ length: 500_001 }, () => "[]")}]}`],
  ])("refuses %s without end before they take memory", (_what, line) => {
    expect(() => parseInputRecord(line, where)).toThrow(withCode("CASSETTE_LIMIT_EXCEEDED"));
  });

  it("keeps unknown fields for a rewrite of the record", () => {
    const line = '{"seq":1,"t_ms":0,"kind":"x","later":{"b":[1,2],"c":null}}';
    expect(encodeInputRecord(parseInputRecord(line, where))).toBe(line);
  });

  it.each([
    ["numbers that a double does not hold", '"later":[1.0,9007199254740993,1e400,-0]'],
    [
      "the order of keys, and keys that look like numbers",
      '"b":{"z":1,"10":2,"9":3,"z":4},"2":null,"1":null',
    ],
    ["escapes", '"later":"\\u0041\\/\\u003c"'],
    ["names that every object has", '"__proto__":1,"constructor":2,"toString":{"__proto__":[]}'],
    ["a field of an object inside", '"size":{"Rows":1,"Cols":2,"Depth":3.0}'],
  ])("keeps %s of unknown fields", (_what, fields) => {
    const line = `{"seq":1,"t_ms":0,"kind":"x",${fields}}`;
    const record = parseInputRecord(line, where);
    expect(encodeInputRecord(record)).toBe(line);
    expect(encodeInputRecord({ ...record, seq: 2 })).toBe(line.replace("1", "2"));
  });

  it("keeps unknown fields in lists, and drops the space between tokens", () => {
    const cell = '{"Char":1,"Mode":0,"FG":1,"BG":1,"Link":1.50}';
    const line = `{"seq":1,"t_ms":0,"size":{"Rows":1,"Cols":1},"text":null,"cells":[[${cell}]],"cursor":{"Row":0,"Col":0,"Visible":true},"raw_start":0,"raw_end":0,"parser_offset":0}`;
    const spaced = line.replace('"Link":1.50', '"Link" : [ 1.50 ]');
    expect(encodeFrameRecord(parseFrameRecord(line, where))).toBe(line);
    expect(encodeFrameRecord(parseFrameRecord(spaced, where))).toBe(line.replace("1.50", "[1.50]"));
  });

  it("writes the value of an unknown field that was changed", () => {
    const record = parseInputRecord('{"seq":1,"t_ms":0,"kind":"x","later":1.0}', where);
    expect(encodeInputRecord({ ...record, later: 2 } as InputRecord)).toContain('"later":2}');
  });

  it("reads a nesting of 10,000, the record included, and refuses 10,001", () => {
    const nested = (depth: number) =>
      `{"seq":1,"t_ms":0,"kind":"x","deep":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
    expect(parseInputRecord(nested(10_000), where).seq).toBe(1);
    expect(() => parseInputRecord(nested(10_001), where)).toThrow(withCode("CASSETTE_LIMIT_EXCEEDED"));
  });
});

describe("encodeInputRecord", () => {
  it("leaves out what is empty, and never a size", () => {
    const record: InputRecord = {
      seq: 1,
      t_ms: 0,
      kind: "resize",
      key: "",
      size: { Rows: 0, Cols: 0 },
      answer: false,
    };
    expect(encodeInputRecord(record)).toBe('{"seq":1,"t_ms":0,"kind":"resize","size":{"Rows":0,"Cols":0}}');
  });

  it("is undone by parseInputRecord", () => {
    const record = fc.record(
      {
        seq: fc.nat(),
        t_ms: fc.nat(),
        kind: fc.string({ unit: "grapheme" }),
        bytes: fc.uint8Array({ minLength: 1 }),
        key: fc.string({ minLength: 1, unit: "grapheme" }),
        size: fc.record({ Rows: fc.nat(65_535), Cols: fc.nat(65_535) }),
        withheld: fc.constant(true),
      },
      { requiredKeys: ["seq", "t_ms", "kind"] },
    );
    fc.assert(
      fc.property(record, (given) => {
        expect(parseInputRecord(encodeInputRecord(given), where)).toEqual(given);
      }),
    );
  });
});

describe("mapUnknownFields", () => {
  const line = '{"seq":1,"t_ms":0,"kind":"x","size":{"Rows":1,"Cols":2,"a":1.0},"b":"s","c":2.0}';
  const record = parseInputRecord(line, where);

  it("shows the unknown fields of each object as they are spelled, and keeps them", () => {
    const seen: string[] = [];
    const same = mapUnknownFields(record, (json) => {
      seen.push(json);
      return null;
    });
    expect(same).toBe(record);
    expect(seen).toEqual(['{"a":1.0}', '{"b":"s","c":2.0}']);
  });

  it("replaces them, and never a field of the format", () => {
    const changed = mapUnknownFields(record, (json) => (json.includes("b") ? { kind: "no", d: 3 } : null));
    expect(encodeInputRecord(changed)).toBe(
      '{"seq":1,"t_ms":0,"kind":"x","size":{"Rows":1,"Cols":2,"a":1.0},"d":3}',
    );
    expect(encodeInputRecord(record)).toBe(line);
  });
});

describe("parseFinalRecord", () => {
  const final = (fields: string) => `{"seq":1,"t_ms":0,"duration_ms":1,${fields}}`;

  it.each(["usage", "metadata"])("refuses a number that no double holds in %s", (name) => {
    for (const value of ['{"t":1e400}', '{"t":[{"u":-1e400}]}', '{"t":1e400,"t":1}']) {
      expect(() => parseFinalRecord(final(`"${name}":${value}`), where)).toThrow(
        withCode("CASSETTE_FIELD_INVALID"),
      );
    }
    expect(parseFinalRecord(final(`"${name}":{"t":1e308}`), where)[name as "usage"]).toEqual({ t: 1e308 });
  });

  it("takes one in a field it does not know", () => {
    const line = final('"later":1e400');
    expect(encodeFinalRecord(parseFinalRecord(line, where), "compact")).toBe(line);
  });
});

describe("encodeOutputRecord", () => {
  it("is undone by parseOutputRecord", () => {
    const record = { seq: 2, t_ms: 10, offset: 5, length: 3, sha256: "00ff" };
    expect(parseOutputRecord(encodeOutputRecord(record), where)).toEqual(record);
  });
});

describe("parseOutputLine", () => {
  const outcome = (parse: () => unknown) => {
    try {
      return parse();
    } catch (error) {
      return (error as { code?: string }).code;
    }
  };
  const digest = fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 64, maxLength: 64 });
  const number = fc.oneof(fc.nat(), fc.maxSafeNat());
  const record = fc.record({ seq: number, t_ms: number, offset: number, length: number, sha256: digest });

  it("gives what parseOutputRecord gives, wherever in a buffer the line is", () => {
    fc.assert(
      fc.property(record, fc.nat(50), (given, lead) => {
        const line = encodeOutputRecord(given);
        const bytes = Buffer.from(`${"x".repeat(lead)}${line}\nrest`);
        expect(parseOutputLine(bytes, lead, lead + line.length, where)).toEqual(given);
      }),
    );
  });

  it("judges a damaged line as parseOutputRecord does", () => {
    const spoiled = fc.tuple(record, fc.nat(), fc.constantFrom(...'"\\ 0-1.e{}x,'));
    fc.assert(
      fc.property(spoiled, ([given, place, char]) => {
        const line = encodeOutputRecord(given);
        const at = place % line.length;
        const text = line.slice(0, at) + char + line.slice(at + 1);
        const fast = outcome(() => parseOutputLine(Buffer.from(text), 0, text.length, where));
        expect(fast).toEqual(outcome(() => parseOutputRecord(text, where)));
      }),
      { numRuns: 2_000 },
    );
  });

  it("refuses bytes that are not UTF-8 at their line", () => {
    const bytes = Buffer.from('{"seq":1,"x":"\xff"}', "latin1");
    expect(catchError(() => parseOutputLine(bytes, 0, bytes.length, where))).toMatchObject({
      code: "CASSETTE_JSON_INVALID",
      line: 3,
    });
  });
});

describe("encodeOutputLine", () => {
  it("writes the bytes of encodeOutputRecord and a newline", () => {
    const record = { seq: 2, t_ms: 10, offset: 5, length: 3, sha256: "00ff" };
    expect(encodeOutputLine(record)).toBe(`${encodeOutputRecord(record)}\n`);
  });
});

describe("encodeFrameRecord", () => {
  it("writes a frame without rows as Go does: null", () => {
    const frame = {
      seq: 1,
      t_ms: 0,
      size: { Rows: 0, Cols: 0 },
      text: [],
      cursor: { Row: 0, Col: 0, Visible: true },
      raw_start: 0,
      raw_end: 0,
      parser_offset: 0,
    };
    expect(encodeFrameRecord(frame)).toContain('"text":null');
    expect(parseFrameRecord(encodeFrameRecord(frame), where)).toEqual(frame);
  });
});

describe("every encoder", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1 });
  const timed = { seq: fc.nat(), t_ms: fc.nat() };
  const uint16 = fc.nat(65_535);
  const size = fc.record({ Rows: uint16, Cols: uint16 });
  // What is empty is left out when written, and -0 is not an integer's.
  const filled = fc
    .jsonValue()
    .map((value) => value as JsonValue)
    .filter((value) => !JSON.stringify(value).includes("-0"));
  const freeMap = fc.dictionary(text, filled, { minKeys: 1, noNullPrototype: true });
  const cell = fc.record({
    Char: fc.nat(0x10ffff),
    Mode: fc.integer({ min: -32_768, max: 32_767 }),
    FG: fc.nat(0xffff_ffff),
    BG: fc.nat(0xffff_ffff),
  });

  it("is undone by parseFrameRecord", () => {
    const record = fc.record(
      {
        ...timed,
        size,
        text: fc.array(fc.string({ unit: "grapheme" })),
        cells: fc.array(fc.array(cell), { minLength: 1 }),
        cursor: fc.record({ Row: fc.integer(), Col: fc.integer(), Visible: fc.boolean() }),
        title: text,
        raw_start: fc.nat(),
        raw_end: fc.nat(),
        parser_offset: fc.nat(),
      },
      { requiredKeys: ["seq", "t_ms", "size", "text", "cursor", "raw_start", "raw_end", "parser_offset"] },
    );
    fc.assert(
      fc.property(record, (given) => {
        expect(parseFrameRecord(encodeFrameRecord(given), where)).toEqual(given);
      }),
    );
  });

  it("is undone by parseServiceEventRecord", () => {
    const record = fc.record({ ...timed, payload: fc.jsonValue().map(encodeJsonText) });
    fc.assert(
      fc.property(record, (given) => {
        expect(parseServiceEventRecord(encodeServiceEventRecord(given), where)).toEqual(given);
      }),
    );
  });

  it("is undone by parseFinalRecord", () => {
    const exit = fc.record({
      Code: fc.integer(),
      Signal: fc.string(),
      Exited: fc.boolean(),
      Signaled: fc.boolean(),
      Err: fc.constant(null),
    });
    const record = fc.record(
      {
        ...timed,
        exit,
        duration_ms: fc.nat(),
        metadata: freeMap,
        usage: freeMap,
        cost_usd: fc.double({ min: 0.001, max: 1e6, noNaN: true }),
        final_text: text,
      },
      { requiredKeys: ["seq", "t_ms", "duration_ms"] },
    );
    fc.assert(
      fc.property(record, (given) => {
        expect(parseFinalRecord(encodeFinalRecord(given), where)).toEqual(given);
      }),
    );
  });

  it("is undone by parseQuota, parseDiscovery and parseScrubReport", () => {
    const evidence = { source: text, status: text, captured_at: text, metadata: freeMap };
    const requiredKeys = ["source", "status"] as const;
    const quota = fc.record(
      { ...evidence, windows: fc.array(freeMap, { minLength: 1 }) },
      { requiredKeys: [...requiredKeys] },
    );
    const discovery = fc.record(
      { ...evidence, models: fc.array(text, { minLength: 1 }) },
      { requiredKeys: [...requiredKeys] },
    );
    const report = fc.record({
      status: text,
      rules: fc.option(fc.array(text)),
      hit_counts: fc.option(fc.dictionary(text, fc.nat(), { noNullPrototype: true })),
    });
    fc.assert(
      fc.property(quota, discovery, report, (q, d, r) => {
        expect(parseQuota(encodeQuota(q), where)).toEqual(q);
        expect(parseDiscovery(encodeDiscovery(d), where)).toEqual(d);
        expect(parseScrubReport(encodeScrubReport(r), where)).toEqual(r);
      }),
    );
  });
});

describe("jsonText", () => {
  it("keeps order, duplicates, number spellings and escapes, drops white space, escapes like Go", () => {
    const text = ' { "k" : 1.50, "k": -0 ,\n"a<" : "\\u0041 \\" \\\\" , "e":[ 1E+3 ] } ';
    expect(jsonText(text).json).toBe('{"k":1.50,"k":-0,"a\\u003c":"\\u0041 \\" \\\\","e":[1E+3]}');
  });

  it("refuses what is not JSON without repeating it", () => {
    const error = catchError(() => jsonText('{"password": hunter2}'));
    expect(error).toMatchObject({ code: "CASSETTE_JSON_INVALID" });
    expect(String(error)).not.toContain("hunter2");
  });
});

describe("jsonText on any text", () => {
  const piece = fc.constantFrom(
    ...'{}[],:" \t\n\r\\/-+.eE01tfn',
    '"a"',
    '"\\u00e9"',
    '"\\ud800"',
    "true",
    "null",
    "1.5",
    "-0",
    "\u0000",
    "\ufeff",
    "\u00a0",
  );
  it("takes for JSON what JSON.parse takes for JSON", () => {
    const isJson = (parse: () => unknown) => {
      try {
        parse();
        return true;
      } catch {
        return false;
      }
    };
    const mutated = fc.tuple(fc.json({ maxDepth: 3 }), fc.nat(), piece).map(([json, place, put]) => {
      const at = place % (json.length + 1);
      return json.slice(0, at) + put + json.slice(at + (place % 2));
    });
    const anything = fc.oneof(
      mutated,
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(anything, (text) => {
        expect(isJson(() => jsonText(text))).toBe(isJson(() => JSON.parse(text)));
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("encodeJsonText", () => {
  it.each([
    [{ b: 1, a: { "\u{1f600}": 1, "\uffee": 2 } }, '{"a":{"\uffee":2,"\u{1f600}":1},"b":1}'],
    [[1e21, 1e-7, -0, 0.1, 100], "[1e+21,1e-7,-0,0.1,100]"],
    [
      "\u0001\b\f\n\r\t\u001f\u007f<>&\u2028é",
      '"\\u0001\\b\\f\\n\\r\\t\\u001f\u007f\\u003c\\u003e\\u0026\\u2028é"',
    ],
    ["\ud800x", '"\ufffdx"'],
    [{ gone: undefined, kept: null }, '{"kept":null}'],
    [new Date(0), '"1970-01-01T00:00:00.000Z"'],
  ])("encodes %j", (value, json) => {
    expect(encodeJsonText(value).json).toBe(json);
  });

  it.each([[Number.NaN], [1n], [Symbol("x")], [cyclic()]])("refuses what JSON cannot hold", (value) => {
    expect(() => encodeJsonText(value)).toThrow(withCode("CASSETTE_VALUE_INVALID"));
  });

  it("gives text that jsonText leaves alone", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { json } = encodeJsonText(value);
        expect(jsonText(json).json).toBe(json);
      }),
    );
  });
});

describe("isJsonText", () => {
  it("is not fooled by a value of the same shape", () => {
    expect(isJsonText({ json: "1" })).toBe(false);
    expect(isJsonText(jsonText("1"))).toBe(true);
  });
});

describe("parseServiceEventRecord", () => {
  it("gives the payload unchanged", () => {
    const line = '{"seq":1,"t_ms":0,"payload":{"k":1.0,"k":2,"__proto__":{"x":1}}}';
    const record = parseServiceEventRecord(line, where);
    expect(record.payload.json).toBe('{"k":1.0,"k":2,"__proto__":{"x":1}}');
    expect(encodeServiceEventRecord(record)).toBe(line);
  });
});

describe("parseManifest", () => {
  it("reports a newer version as such, whatever its shape", () => {
    expect(() => parseManifest('{"version":2,"anything":[]}', where)).toThrow(
      withCode("CASSETTE_VERSION_UNSUPPORTED"),
    );
  });

  it("names the line of a field that is wrong", () => {
    const text = '{\n"version": 1,\n"id": "x",\n"content_digest": {"sha256": "0"},\n"harness":\n{"name": 7}}';
    const manifest = text.replace(
      /}$/,
      ',\n"terminal": {"emulator": {"name": "e", "version": "1"}}, "timing": {"resolution_ms": 1}}',
    );
    expect(catchError(() => parseManifest(manifest, { file: "manifest.json" }))).toMatchObject({
      code: "CASSETTE_FIELD_INVALID",
      line: 6,
    });
  });

  it("counts lines within the file", () => {
    expect(
      catchError(() => parseManifest('{\n"version": 1,\n"id" }', { file: "manifest.json" })),
    ).toMatchObject({
      line: 3,
    });
  });
});

describe("parseScrubReport", () => {
  it.each(['{"email":1.0}', '{"email":1e0}', '{"email":1.0,"email":1}'])("refuses counts of %s", (counts) => {
    const text = `{"status":"redacted","rules":null,"hit_counts":${counts}}`;
    expect(() => parseScrubReport(text, where)).toThrow(withCode("CASSETTE_FIELD_INVALID"));
  });

  it("keeps counts of rules named like members of Object.prototype", () => {
    const text = '{"status":"redacted","rules":["constructor"],"hit_counts":{"constructor":2,"__proto__":1}}';
    expect(Object.entries(parseScrubReport(text, where).hit_counts ?? {})).toEqual([
      ["constructor", 2],
      ["__proto__", 1],
    ]);
  });
});

function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

function cyclic(): object {
  const self: { self?: object } = {};
  self.self = self;
  return self;
}
