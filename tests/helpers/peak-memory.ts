import { readFileSync } from "node:fs";

/** MiB of memory that a process has held at most (VmHWM of proc_pid_status(5): Linux). */
export const peakMemoryMib = (pid: number): number => statusMib(pid, "VmHWM");

/** MiB of memory that a process holds now (VmRSS of the same). */
export const residentMib = (pid: number): number => statusMib(pid, "VmRSS");

function statusMib(pid: number, name: string): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const line = new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1];
  return Math.round(Number(line) / 1024);
}
