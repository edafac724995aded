/** The reference: a bare node:http server that reads the body and answers. `node bench/bare-server.ts PORT` */
import http from "node:http";

http
  .createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      Buffer.concat(pieces);
      response.end();
    });
  })
  .listen(Number(process.argv[2]), "127.0.0.1", () => console.log("ready"));
