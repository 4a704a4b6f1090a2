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
