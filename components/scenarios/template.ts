const step = (source: string) => `name: My first scenario
environments:
  local:
    app: http://localhost:3000
steps:
  - ${source}
    to: "{{app}}/webhooks"
    expect:
      status: 200

  # The webhook says when, your API says what: ask it with values of the event.
  # - call: GET {{app}}/orders/{{event.body.data.object.id}}
  #   within: 5s
  #   expect:
  #     body.state: paid
`;

/** What a new scenario begins with: an event that there is always, or a captured request by its number. */
export const templateFor = (seq: number | null): string =>
  step(seq === null ? "sample: stripe payment_intent.succeeded" : `request: ${seq}`);
