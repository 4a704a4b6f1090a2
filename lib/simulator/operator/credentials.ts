import { privateKeyText, publicKeyText } from "../credentials.js";
import type { Simulation } from "../simulation.js";

/** What a shop needs to speak to this simulator. */
export interface SimulatorCredentials {
  readonly clientId: string;
  /** The merchant's private key: PKCS#8 in base64, as Antom's tools hand it out. */
  readonly privateKey: string;
  /** Antom's public key: SPKI in base64, as the Dashboard shows it. */
  readonly antomPublicKey: string;
  /** The URL to call in place of Antom's. */
  readonly gateway: string;
}

/** All but the gateway, which is known once the simulator listens. */
export const shownCredentials = ({ settings, credentials }: Simulation): Omit<SimulatorCredentials, "gateway"> => ({
  clientId: settings.clientId,
  privateKey: privateKeyText(credentials.merchantPrivateKey),
  antomPublicKey: publicKeyText(credentials.antomPublicKey),
});

/** The same for whoever can reach the simulator: a private key that it was given is not its to show. */
export function servedCredentials(simulation: Simulation): Partial<SimulatorCredentials> {
  const { privateKey, ...others } = shownCredentials(simulation);
  const { clientId, antomPublicKey } = others;
  return simulation.settings.merchantPrivateKey === undefined ? { clientId, privateKey, antomPublicKey } : others;
}

const VARIABLES = {
  clientId: "ANTOM_CLIENT_ID",
  privateKey: "ANTOM_PRIVATE_KEY",
  antomPublicKey: "ANTOM_PUBLIC_KEY",
  gateway: "ANTOM_GATEWAY",
} as const satisfies Record<keyof SimulatorCredentials, string>;

/** The same as lines of an environment file, by the names that the README's shop reads. */
export const environmentLines = (credentials: Partial<SimulatorCredentials>): string =>
  (Object.keys(VARIABLES) as (keyof SimulatorCredentials)[])
    .map((name) => [VARIABLES[name], credentials[name]] as const)
    .map(([variable, value]) =>
      value === undefined ? `# ${variable} is the one that this simulator was given.\n` : `${variable}=${value}\n`,
    )
    .join("");
