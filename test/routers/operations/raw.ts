import { connect, type Socket } from "node:net";

/** A connection to a server, beneath HTTP: what a test writes is what is sent. */
export const rawSocket = (origin: string): Socket => connect(Number(new URL(origin).port), "127.0.0.1");

/** All that came until the connection ended, and how it ended. */
export interface Heard {
  readonly text: string;
  /** "end" for one that was ended as a whole, else the error's code. */
  readonly ending: string;
}

/** Listens to a connection until it is over. */
export const heardFrom = (socket: Socket, onData: (text: string) => void = () => undefined): Promise<Heard> =>
  new Promise((resolve) => {
    let text = "";
    let ending = "";
    socket.setEncoding("utf8");
    socket
      .on("data", (chunk) => {
        text += String(chunk);
        onData(text);
      })
      .on("end", () => (ending = "end"))
      .on("error", (error: NodeJS.ErrnoException) => (ending = error.code ?? error.message))
      .on("close", () => {
        resolve({ text, ending });
      });
  });
