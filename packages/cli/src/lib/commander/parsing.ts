import { InvalidArgumentError } from "./commander.js";

/** Lets one of our parsers judge an option's argument, with commander's way of saying so. */
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
