/** The one line for a browser without JavaScript, and the way that needs none. `origin`: as the server prints it. */
export function WithoutScript({ origin }: { origin: string }) {
  return (
    <noscript>
      <div className="border-b border-line bg-warn-soft px-4 py-3">
        <p className="font-medium text-warn">
          This page needs JavaScript. Without it, a terminal does the same:
        </p>
        <pre className="wire mt-1 whitespace-pre-wrap wrap-anywhere">
          {`curl -X POST ${origin}/api/bins
curl -H "Authorization: Bearer $KEY" ${origin}/api/bins/$BIN/requests`}
        </pre>
      </div>
    </noscript>
  );
}
