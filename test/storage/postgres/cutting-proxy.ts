import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** A way to the server that can be cut at the worst moment. */
export interface CuttingProxy {
  readonly port: number;
  /**
   * The next time a connection sends bytes with this text in them: "after" lets the server do as it is told and cuts when its answer comes,
   * which nobody gets; "before" cuts at once, and the server gets nothing. Counts how often it has happened in `cuts`.
   */
  cut(text: string, when: "before" | "after"): void;
  readonly cuts: number;
  /**
   * All connections there are fall silent, as if a firewall had forgotten them: nobody is told. Of what is sent on them from now on the server gets
   * all, and its answers get lost; or it gets nothing. Those that are made afterwards work.
   */
  silence(when: "before" | "after"): void;
  close(): Promise<void>;
}

export const cuttingProxy = async (target: { readonly host: string; readonly port: number }): Promise<CuttingProxy> => {
  let armed: { readonly text: string; readonly when: "before" | "after" } | undefined;
  let cuts = 0;
  const sockets = new Set<Socket>();
  const silent = new Map<Socket, "before" | "after">();

  const nears = new Set<Socket>();

  const server: Server = createServer((near) => {
    const far = connect(target.port, target.host);
    let isLast = false;
    const end = (): void => {
      if (silent.has(near)) return;
      near.destroy();
      far.destroy();
    };
    nears.add(near);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", end);
      socket.on("close", () => {
        sockets.delete(socket);
        end();
      });
    }
    near.on("data", (bytes) => {
      if (silent.get(near) === "before") return;
      if (armed !== undefined && bytes.includes(armed.text)) {
        const { when } = armed;
        armed = undefined;
        cuts++;
        if (when === "before") {
          end();
          return;
        }
        isLast = true;
      }
      far.write(bytes);
    });
    far.on("data", (bytes) => {
      if (silent.has(near)) return;
      if (isLast) end();
      else near.write(bytes);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    cut: (text, when) => {
      armed = { text, when };
    },
    get cuts() {
      return cuts;
    },
    silence: (when) => {
      for (const near of nears) silent.set(near, when);
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
};
