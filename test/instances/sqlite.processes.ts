import { describeInstances } from "./small.js";

describeInstances("sqlite", true);
