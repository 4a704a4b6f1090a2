import { describeInstances } from "./small.js";

describeInstances("postgres");
