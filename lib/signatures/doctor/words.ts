import type { ChangeCode } from "./change.ts";

type Words = { title: string; advice: string };

/** Of each change, as it stands behind "The signature fits": what is different, and what to do. */
export const changeWords: Record<ChangeCode, Words> = {
  secret_space: {
    title: "The secret has white space at an end on one side",
    advice:
      "Trim the secret where it is kept, here or at the sender: often it is a file's last newline.",
  },
  secret_quotes: {
    title: "The secret was kept with quotes around it",
    advice: "Keep it without the quotes: most readers of .env files leave them in.",
  },
  secret_assignment: {
    title: "The whole line of a settings file was kept as the secret",
    advice: "Keep only what stands behind the = sign.",
  },
  secret_prefix: {
    title: "The prefix of the secret was cut off before it was used",
    advice: "Use the secret as this scheme says: see how the key is made, below.",
  },
  secret_text: {
    title: "The secret was used as plain text and not decoded",
    advice:
      "Decode it first: what follows the prefix is base64 (or hex), and its bytes are the key.",
  },
  secret_base64: {
    title: "The secret was decoded from base64 before it was used",
    advice: "Here its text is the key, as it is: don't decode it.",
  },
  secret_hex: {
    title: "The secret was decoded from hex before it was used",
    advice: "Here its text is the key, as it is: don't decode it.",
  },
  secret_empty: {
    title: "The sender signed with an empty secret",
    advice:
      "Its setting is missing where it runs: the key was empty, or the word undefined, null or None.",
  },
  secret_of_tests: {
    title: "It is a test, signed with the secret that all of the provider's tests share",
    advice:
      "Until the webhook is saved there, its own secret is not used. Everybody knows the one of the tests, so don't accept it.",
  },
  signature_encoding: {
    title: "The signature is written in another encoding",
    advice: "Hex and base64 were mixed up: write the digest as this scheme does.",
  },
  signature_prefix: {
    title: "The signature lacks its prefix, or has one too many",
    advice: "Write it with exactly the prefix of this scheme, without quotes.",
  },
  signature_header: {
    title: "The signature stands in another header",
    advice: "Send it in the header that this scheme names.",
  },
  hash: {
    title: "Another hash was used",
    advice:
      "SHA-1, SHA-256 and SHA-512 are not told apart by the secret: use the one of this scheme.",
  },
  newline_added: {
    title: "A newline at the body's end was not signed",
    advice:
      "Something appended it on the way, or the signature was made of a trimmed text. Sign the bytes that are sent: curl -d strips newlines from files, --data-binary keeps them.",
  },
  newline_missing: {
    title: "A newline at the body's end was signed and did not arrive",
    advice:
      "Something trims the body. Sign the bytes that are sent: curl -d strips newlines from files, --data-binary keeps them.",
  },
  line_ends: {
    title: "Line ends were changed between CRLF and LF",
    advice:
      "Send the file as bytes, not as text; look at git's autocrlf where the payload is kept in a repository.",
  },
  byte_order_mark: {
    title: "A byte order mark is on one side only",
    advice: "Read and send the body as bytes: a text decoder takes the mark off without a word.",
  },
  charset: {
    title: "The body was signed in another charset than it arrived in",
    advice: "Encode it once, as UTF-8, and use the same bytes for the signature and for sending.",
  },
  compressed: {
    title: "The compressed body was signed, and it arrived uncompressed",
    advice:
      "Something on the way unpacks it. Keep the bytes as they are sent, or sign before compressing.",
  },
  decompressed: {
    title: "The body was signed before it was compressed",
    advice: "Unpack it by its Content-Encoding before checking the signature.",
  },
  json_printed: {
    title: "The JSON was printed anew with other spaces or line breaks",
    advice:
      "Sign and check the raw bytes. A parsed body that is turned into text again is another text.",
  },
  json_escapes: {
    title: "The JSON was printed anew with other escapes in its strings",
    advice:
      "Sign and check the raw bytes: \\u00e9 and é, \\/ and / read the same and are other bytes.",
  },
  json_numbers: {
    title: "The JSON was parsed and printed anew: numbers or repeated keys changed",
    advice:
      "Sign and check the raw bytes: 1.0 became 1, large numbers were rounded, or the first of two keys was lost.",
  },
  json_order: {
    title: "The JSON was printed anew with its keys in another order",
    advice: "Sign and check the raw bytes: something on one side sorts the keys.",
  },
  form_encoding: {
    title: "The form was encoded anew",
    advice:
      "Sign and check the raw bytes: + and %20, or which letters are escaped, differ between programs.",
  },
  form_field: {
    title: "Only a field of the form was signed, decoded",
    advice: "The signature is over the whole raw body: payload=%7B…, and not the JSON within it.",
  },
  body_empty: {
    title: "An empty body was signed",
    advice:
      "The body was not there yet, or was read already, when it was signed: {} and [object Object] come from a parser's leftovers.",
  },
  parts_left_out: {
    title: "Other parts were signed than this scheme says",
    advice: "Put the message together as shown below: each part, each dot, in this order.",
  },
  url_scheme: {
    title: "http and https are not the same URL",
    advice:
      "The one that ends TLS hands on http. Check against the URL that the sender was given (X-Forwarded-Proto, or a fixed base URL).",
  },
  url_host: {
    title: "The URL was signed with another host",
    advice:
      "Behind a proxy or a tunnel the handler sees its own host. Check against the public URL that the sender was given.",
  },
  url_port: {
    title: "The URL was signed with another port, or without one",
    advice: "Leave out :443 and :80, and keep every other port, as the sender's settings have it.",
  },
  url_path: {
    title: "The URL was signed with another path",
    advice:
      "Something in front strips or adds a first segment. Check against the path that the sender was given.",
  },
  url_slash: {
    title: "A slash at the path's end is on one side only",
    advice:
      "Give the sender the URL exactly as the handler is called: frameworks redirect or strip it silently.",
  },
  url_query: {
    title: "The URL was signed without its query",
    advice: "See what this scheme signs: with the query or the path alone.",
  },
  url_escapes: {
    title: "The URL was decoded before it was signed",
    advice: "Use the raw URL, with its % escapes as they came.",
  },
};
