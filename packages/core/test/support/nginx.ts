import { spawn, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { listen } from "./hostile-servers.js";

/** Whether nginx is installed. */
export const HAS_NGINX = spawnSync("nginx", ["-v"], { stdio: "ignore" }).status === 0;

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * Serves the folder `www` of a folder until the end of the test; the folder receives the log.
 * @returns the address of the server.
 */
export async function serveByNginx(folder: string): Promise<string> {
  const port = await freePort();

  writeFileSync(
    join(folder, "nginx.conf"),
    `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log; events {}
http { log_format bytes "$body_bytes_sent"; access_log ${folder}/access.log bytes;
client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
server { listen 127.0.0.1:${port}; root ${folder}/www; } }`,
  );
  const nginx = spawn("nginx", ["-p", folder, "-c", join(folder, "nginx.conf")], { stdio: "ignore" });
  onTestFinished(() => void nginx.kill());
  await untilServed(port);
  return `http://127.0.0.1:${port}`;
}

async function untilServed(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
      socket.unref();
      setTimeout(() => socket.destroy(), 500).unref();
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("nginx does not start");
}

/** Bytes of each body that was served, once the log is written. */
export async function servedBytes(folder: string): Promise<number[]> {
  await new Promise((resolve) => setTimeout(resolve, 200));
  return readFileSync(join(folder, "access.log"), "utf8").trim().split("\n").map(Number);
}
