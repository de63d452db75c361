/** Importing this module defines the element `<cassette-player>`, whose `src` names the data that `cassette view --data` writes. */
export {};
