/** What Slack handed over before: each is dealt with once, whichever copy of the app it comes to. */
export interface Deliveries {
  /** False: it was dealt with, or somebody is at it. One that was begun and never ended may be taken again later. */
  begin(id: string, now: number): Promise<boolean>;
  end(id: string): Promise<void>;
  /** True once for each id, among all copies: nobody takes it again. */
  first(id: string, now: number): Promise<boolean>;
}
