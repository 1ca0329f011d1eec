import { spawn, type ChildProcess } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { until } from "../support/until";
import { buildWorkbench } from "../support/workbench-build";

const start = path.resolve(__dirname, "..", "..", "scripts", "start.mjs");

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

function startWorkbench(port: string): Started {
  const child = spawn(process.execPath, [start], { env: { ...process.env, PORT: port, BROWSER: "none" } });
  let output = "";
  child.stdout.on("data", (piece: Buffer) => (output += piece.toString()));
  child.stderr.on("data", (piece: Buffer) => (output += piece.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { child, output: () => output, ended };
}

async function occupiedPort(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

describe("npm start", () => {
  beforeAll(buildWorkbench);

  it("prints the address, serves the page and stops cleanly", async () => {
    const started = startWorkbench("0");
    await until(() => /http:\/\/localhost:\d+/.test(started.output()));
    const address = /http:\/\/localhost:\d+/.exec(started.output())?.[0] ?? "";
    const page = await fetch(address);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('title="Collateral Optimizer"');
    started.child.kill("SIGTERM");
    // Windows knows no signals: there the process is simply ended.
    expect(await started.ended).toBe(process.platform === "win32" ? null : 0);
  });

  it("names a taken port and the command that uses another one", async () => {
    const { server, port } = await occupiedPort();
    const started = startWorkbench(String(port));
    expect(await started.ended).toBe(1);
    expect(started.output()).toContain(`Port ${port} is taken`);
    expect(started.output()).toContain(`PORT=${port + 1} npm start`);
    server.close();
  });

  it("refuses a port that is no number", async () => {
    const started = startWorkbench("three thousand");
    expect(await started.ended).toBe(1);
    expect(started.output()).toContain('PORT is "three thousand"');
  });
});
