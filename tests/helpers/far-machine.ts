import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "./cli.ts";

/** A machine at the other end of a cable, as far as the network is concerned (Linux, root: a namespace and a veth pair). */
export type FarMachine = {
  /** This machine's address on the cable. */
  nearAddress: string;
  /** A command's line, to be run over there. */
  command(file: string, args: string[]): [file: string, args: string[]];
  /** A file that runs this program over there with whatever arguments it is given. */
  wrapper(file: string): string;
  /** From now on every packet vanishes, in both directions; nobody is told. */
  drop(): void;
  carry(): void;
  remove(): void;
};

const NEAR = "10.231.7.1";
const FAR = "10.231.7.2";
/** Nobody's: a packet that is sent to it is dropped by who gets it. */
const NOBODY = "02:00:00:00:00:99";

export function connectFarMachine(): FarMachine {
  const name = `hooklens${process.pid}`;
  const near = `hl${process.pid}a`;
  const far = `hl${process.pid}b`;
  const ip = (line: string) => void execFileSync("ip", line.split(" "), { stdio: "pipe" });
  const there = (line: string) => ip(`netns exec ${name} ip ${line}`);
  ip(`netns add ${name}`);
  ip(`link add ${near} type veth peer name ${far}`);
  ip(`link set ${far} netns ${name}`);
  ip(`addr add ${NEAR}/30 dev ${near}`);
  ip(`link set ${near} up`);
  there(`addr add ${FAR}/30 dev ${far}`);
  there(`link set ${far} up`);
  there("link set lo up");
  return {
    nearAddress: NEAR,
    command: (file, args) => ["ip", ["netns", "exec", name, file, ...args]],
    wrapper: (file) => {
      const script = path.join(temporaryFolder(), "run");
      writeFileSync(script, `#!/bin/sh\nexec ip netns exec ${name} "${file}" "$@"\n`);
      chmodSync(script, 0o755);
      return script;
    },
    drop: () => {
      ip(`neigh replace ${FAR} lladdr ${NOBODY} dev ${near} nud permanent`);
      there(`neigh replace ${NEAR} lladdr ${NOBODY} dev ${far} nud permanent`);
    },
    carry: () => {
      ip(`neigh del ${FAR} dev ${near}`);
      there(`neigh del ${NEAR} dev ${far}`);
    },
    remove: () => {
      ip(`link del ${near}`);
      ip(`netns del ${name}`);
    },
  };
}
