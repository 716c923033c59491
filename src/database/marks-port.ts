/** When something happened last that every copy must know of, by name. Epoch milliseconds. */
export interface Marks {
  /** `null`: never. */
  at(name: string): Promise<number | null>;
  /** Never back to an earlier time. */
  set(name: string, at: number): Promise<void>;
}
