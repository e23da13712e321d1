/** A tab of the GraphiQL page. */
export type StarterTab = { readonly query: string };

const TERMS_ON_A_DAY = `# What was the deal on 1 March 2025, and where does it say so?
query TermsOnADay {
  agreement(id: "microsoft-openai") {
    state(at: { effectiveOn: "2025-03-01" }) {
      standing
      terms {
        termId heading kind prose standing evidence inForceSince
        facts { name text }
        causedBy { instrument { title executedAt announcedAt sources { title url grade } } }
      }
      consents { consentId by to subject since }
      claims { claimId stage open outcome statement leadTimeDays }
      scheduled { changeId earliest latest }
      prospective { changeId conditions }
      ended { termId standing successors }
      possibly { changeId what terms }
      findings { code message changes }
      basis { effectiveOn knownAt position digest coverage { from observedThrough stale } }
    }
  }
}
`;

const WHAT_CHANGED = `# What did the day of 21 January 2025 change?
query WhatChanged {
  agreement(id: "microsoft-openai") {
    diff(from: { effectiveOn: "2025-01-20" }, to: { effectiveOn: "2025-01-21" }) {
      entries {
        kind
        term { from { termId heading kind } to { termId heading kind } }
        facts { name old new delta { text } }
        words { op text }
        material
        causedBy { changeId instrument { title executedAt } }
      }
    }
  }
}
`;

const FOLLOW = `# Everything that happened to Azure exclusivity and to what took its place; then live.
subscription Follow {
  changes(
    filter: { agreement: "microsoft-openai", term: "compute.exclusivity", followLineage: true }
    after: null
  ) {
    ... on ChangeRecorded { cursor labels event { type recordedAt } change { changeId effectiveFrom instrument { title } } }
    ... on Notice { __typename cursor dueAt late change { changeId instrument { title } } }
    ... on CaughtUp { cursor }
    ... on Heartbeat { cursor }
  }
}
`;

/** The three questions of the README, one tab each. */
export const STARTER_TABS: readonly StarterTab[] = [TERMS_ON_A_DAY, WHAT_CHANGED, FOLLOW].map(
  (query) => ({ query }),
);
