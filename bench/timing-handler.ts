/**
 * The handler on localhost that a relay and a direct sender are measured with: reads the body and answers 200. Of each
 * request it notes when its body had come whole (milliseconds since 1970, with fractions) under the path that was asked;
 * `GET /taken` hands out what it has noted and forgets it. `node bench/timing-handler.ts PORT`
 */
import http from "node:http";

let taken: [path: string, at: number][] = [];

http
  .createServer((request, response) => {
    request.resume().on("end", () => {
      if (request.method === "GET") {
        response.end(JSON.stringify(taken));
        taken = [];
        return;
      }
      taken.push([request.url ?? "", performance.timeOrigin + performance.now()]);
      response.end();
    });
  })
  .listen(Number(process.argv[2]), "127.0.0.1", () => console.log("ready"));
