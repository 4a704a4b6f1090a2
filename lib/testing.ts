export { testKeys, type TestKeys } from "./testing/keys.js";
export { signedNotification, type NotificationParts, type SignedNotification } from "./testing/signed-notification.js";
export { eventRecorder, type EventRecorder } from "./testing/event-recorder.js";
export { manualClock, type ManualClock } from "./testing/manual-clock.js";
