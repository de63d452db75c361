import type { JsonValue } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { queryJson } from "./query-json.js";

const DOCUMENT: JsonValue = {
  store: {
    book: [{ title: "A", price: 8 }, { title: "B", price: 12, isbn: "x" }, { title: "C" }],
    "odd key": { "it's": true },
    empty: null,
  },
};

describe("queryJson", () => {
  it.each([
    ["$", [DOCUMENT]],
    ["$.store.book[0].title", ["A"]],
    ["$.store.book[-1].title", ["C"]],
    ["$.store.book[*].title", ["A", "B", "C"]],
    ["$.store.book.*.price", [8, 12]],
    ["$..title", ["A", "B", "C"]],
    ["$..book[1]['isbn']", ["x"]],
    ["$['store'][\"odd key\"]['it\\'s']", [true]],
    ["$['\\u0073tore'].empty", [null]],
    ["$.store.book[0, 2].title", ["A", "C"]],
    ["$.store.book[0]['title', 'price']", ["A", 8]],
    ["$.store.book[1:].title", ["B", "C"]],
    ["$.store.book[:-1].title", ["A", "B"]],
    ["$.store.book[::-1].title", ["C", "B", "A"]],
    ["$.store.book[0:9:2].title", ["A", "C"]],
    ["$.store.book[::0].title", []],
    ["$..[0].title", ["A"]],
    ["$.store.book[7]", []],
    ["$.store.book.title", []],
    ["$.constructor", []],
    ["$.store.empty.deeper", []],
  ])("%s finds %j", (path, found) => {
    expect(queryJson(DOCUMENT, path)).toEqual(found);
  });

  it.each([
    ["store", "begins with $"],
    ["$store", "from character 2 on"],
    ["$.", "from character 3 on"],
    ["$.store[", "from character 9 on"],
    ["$.store.book[?@.price > 9]", "from character 14 on"],
    ["$.store['a' 'b']", "from character 13 on"],
  ])("refuses %s and says where", (path, message) => {
    expect(() => queryJson(DOCUMENT, path)).toThrow(message);
  });

  it("visits values nested deeper than the stack", () => {
    const deep = JSON.parse(`${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`);
    expect(queryJson(deep, "$..a")).toHaveLength(5_000);
  });
});
