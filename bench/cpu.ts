import { readdirSync, readFileSync } from "node:fs";

/** Linux counts a process's time in ticks of 10 ms (sysconf(_SC_CLK_TCK) = 100). */
const TICK_US = 10_000;

type Stat = { parent: number; ticks: number };

function readStat(pid: number): Stat | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]?.split(" ") ?? [];
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return null;
  }
}

/** CPU microseconds that a process has used; NaN where there is no /proc. */
export function processCpuUs(pid: number): number {
  return (readStat(pid)?.ticks ?? Number.NaN) * TICK_US;
}

/** The same for a process and all that it started, as Postgres does for each connection. */
export function familyCpuUs(pid: number): number {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const children = all.filter((each) => readStat(each)?.parent === pid);
  return processCpuUs(pid) + children.reduce((sum, child) => sum + familyCpuUs(child), 0);
}
