import { InvalidArgumentError } from "./commander.js";

/** Adapts one of our parsers to commander: its error becomes commander's error for the option. */
export function parsing<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : "");
    }
  };
}

/** Collects the arguments of an option that may be repeated. */
export function collect(value: string, list: string[] = []): string[] {
  return [...list, value];
}
