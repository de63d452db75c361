import { DOMParser, type Document, type Element } from "@xmldom/xmldom";

/** Parses XML. @throws where it is not well-formed. */
export function parseXml(text: string): Document {
  const onError = (level: string, message: string) => {
    throw new Error(`${level}: ${message}`);
  };
  return new DOMParser({ onError }).parseFromString(text, "image/svg+xml");
}

export function elementsOf(document: Document, name: string): Element[] {
  return Array.from(document.getElementsByTagName(name));
}

export function textOf(element: Element): string {
  return element.textContent ?? "";
}
