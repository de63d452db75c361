import { describe, expect, it } from "vitest";
import { describeUnmasked, observeNames, unmaskedNames } from "./observed-names.js";

const namesIn = (env: NodeJS.ProcessEnv, system = {}) => observeNames(env, system).map(({ name }) => name);

describe("observeNames", () => {
  it.each(["USER", "LOGNAME", "USERNAME", "SUDO_USER", "DOAS_USER"])("takes the name in %s", (variable) => {
    expect(namesIn({ [variable]: "Jane.Doe" })).toEqual(["Jane.Doe"]);
  });

  it("takes the last part of HOME, and of the home in the user database", () => {
    expect(namesIn({ HOME: "/home/corp/janedoe/" }, { home: "/nas/j.doe" })).toEqual(["janedoe", "j.doe"]);
  });

  it("takes a host's name with and without its domain", () => {
    expect(namesIn({}, { host: "build7.corp.example" })).toEqual(["build7.corp.example", "build7"]);
  });

  it("finds no name in an empty or missing value", () => {
    expect(namesIn({ USER: "", HOME: "/" }, {})).toEqual([]);
  });

  it("lists each distinct name once, with all its sources", () => {
    const env = { USER: "janedoe", LOGNAME: "janedoe", SUDO_USER: "johndoe", HOME: "/home/janedoe" };
    expect(observeNames(env, { user: "janedoe", home: "/home/janedoe", host: "janedoe" })).toEqual([
      { name: "janedoe", sources: ["USER", "LOGNAME", "HOME", "user database", "host name"] },
      { name: "johndoe", sources: ["SUDO_USER"] },
    ]);
  });
});

describe("unmaskedNames", () => {
  const named = (...names: string[]) => names.map((name) => ({ name, sources: ["USER"] }));

  it("keeps names that are short or ordinary, and not those that are an account's as well", () => {
    const names = named("janedoe", "jane", "Ubuntu", "bob");
    expect(unmaskedNames(names, ["bob"]).map(({ name }) => name)).toEqual(["jane", "Ubuntu"]);
  });
});

describe("describeUnmasked", () => {
  it("lists the names and their sources", () => {
    const names = [
      { name: "root", sources: ["USER", "user database"] },
      { name: "vm", sources: ["host name"] },
    ];
    expect(describeUnmasked(names)).toMatch(
      /: "root" \(USER, user database\), "vm" \(host name\)\. .*--rules/,
    );
  });
});
