import { readFileSync } from "node:fs";

/** MiB of memory that a process has held at most (VmHWM of proc_pid_status(5): Linux). */
export function peakMemoryMib(pid: number): number {
  const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round(Number(line) / 1024);
}
