/** The demo as it is, but for the simulator: it captures a moment after the authorization, where Antom takes seconds. */
import { DURATIONS } from "../../lib/simulator/durations.js";
import "../../demo/main.js";

Object.assign(DURATIONS, { automaticCapture: 100 });
