import type { Clock, Logger, Random } from "../ports.js";
import { Alarms } from "./alarms.js";
import { loadCredentials, type Credentials } from "./credentials.js";
import { Faults } from "./faults.js";
import { Identifiers } from "./identifiers.js";
import { Timeline } from "./life/timeline.js";
import { Notifier } from "./notify/notifier.js";
import type { Settings } from "./options.js";
import { RequestLog } from "./request-log.js";
import { Book } from "./state/book.js";
import { lockFolder } from "./state/folder-lock.js";
import { FileJournal } from "./state/journal.js";

/** The rooms of one simulator, for whatever needs several of them. */
export interface Simulation {
  readonly settings: Settings;
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly identifiers: Identifiers;
  readonly book: Book;
  readonly faults: Faults;
  readonly notifier: Notifier;
  readonly timeline: Timeline;
  readonly requests: RequestLog;
  /** Where it is reached: the configured URL, else the one it listens on, else the host the request names. */
  baseUrl(host?: string): string;
  /** Calls off everything that is due and what is being sent; the book stays open for requests under way. */
  stop(): Promise<void>;
  /** Ends the book, and leaves the data folder to others. */
  close(): Promise<void>;
}

/**
 * Builds the rooms and takes up what the data folder keeps, with everything that became due meanwhile.
 *
 * @throws Error when another simulator has the folder, or it cannot be read
 */
export function buildSimulation(settings: Settings, baseUrl: Simulation["baseUrl"]): Simulation {
  const { dataFolder } = settings;
  // First: it creates the folder that the keys go to.
  const unlock = dataFolder === undefined ? () => undefined : lockFolder(dataFolder);
  try {
    return roomsOf(settings, baseUrl, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

function roomsOf(settings: Settings, baseUrl: Simulation["baseUrl"], unlock: () => void): Simulation {
  const { clock, random, logger, dataFolder } = settings;
  const book = new Book(clock);
  const kept = dataFolder === undefined ? [] : FileJournal.read(dataFolder);
  const outside = {
    settings,
    credentials: loadCredentials(settings),
    clock,
    random,
    logger,
    identifiers: new Identifiers(clock, random),
    book,
    faults: new Faults(),
    requests: new RequestLog(),
    baseUrl,
  };
  const notifier = new Notifier(outside, new Alarms(clock));
  const timeline = new Timeline({ ...outside, notifier }, new Alarms(clock));
  book.onChange = ({ payment, notifications = [] }) => {
    if (payment) timeline.watch(payment);
    for (const notification of notifications) notifier.watch(notification);
  };
  if (dataFolder !== undefined) book.restore(kept, (live) => FileJournal.start(dataFolder, live));
  for (const payment of book.payments()) timeline.watch(payment);
  for (const notification of book.notifications()) notifier.watch(notification);
  const stop = async (): Promise<void> => {
    book.onChange = () => undefined;
    timeline.close();
    await notifier.close();
  };
  const close = async (): Promise<void> => {
    try {
      await book.close();
    } finally {
      unlock();
    }
  };
  return { ...outside, notifier, timeline, stop, close };
}
