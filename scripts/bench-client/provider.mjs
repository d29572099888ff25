/** The loopback server of the benchmark, in a process of its own. It tells its port to the process that started it. */
import { createServer } from "node:http";

const body = '{"token":"sutkn_1234567890"}';
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body);
});
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
process.on("disconnect", () => process.exit());
