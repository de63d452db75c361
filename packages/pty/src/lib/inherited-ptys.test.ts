import { execFileSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { DESCRIPTOR_CLOSERS, withoutInheritedPtys } from "./inherited-ptys.js";

const fd = openSync("/dev/null", "r");
afterAll(() => closeSync(fd));

describe("withoutInheritedPtys", () => {
  it("starts the program directly if no descriptor has to be closed", () => {
    expect(withoutInheritedPtys(["ls", "-l"], { A: "b" }, [])).toEqual({
      file: "ls",
      args: ["-l"],
      env: { A: "b" },
    });
  });

  it.each(DESCRIPTOR_CLOSERS)(
    "closes descriptors through $name and keeps arguments and environment",
    (closer) => {
      const env = {
        PATH: process.env.PATH ?? "",
        LC_ALL: "xx_XX",
        PERL5OPT: "-Mnone",
        _: "x y",
        EMPTY: "",
        ü: "\n",
      };
      const script =
        'test -e /proc/$$/fd/3 || echo closed; env -0; printf "%s|" "$0" "$@"; kill -PIPE $$; echo not ended';
      const sealed = withoutInheritedPtys(["sh", "-c", script, "a b", "", "-x", "ü"], env, [3], [closer]);
      expect(sealed.args).toContain("3");
      let output = "";
      try {
        execFileSync(sealed.file, sealed.args, { env: sealed.env, stdio: ["ignore", "pipe", "inherit", fd] });
      } catch (error) {
        expect(error).toMatchObject({ signal: "SIGPIPE" });
        output = String((error as { stdout: Buffer }).stdout);
      }
      expect(output).toMatch(/^closed\n/);
      expect(output).toContain("a b||-x|ü|");
      for (const [name, value] of Object.entries(env)) {
        if (name !== "_" && name !== "ü") expect(output).toContain(`${name}=${value}\0`);
      }
    },
  );

  it("refuses extra sessions if no helper to close them exists", () => {
    expect(() => withoutInheritedPtys(["ls"], {}, [20], [])).toThrow(
      expect.objectContaining({ code: "CASSETTE_SPAWN_FAILED" }),
    );
  });
});
