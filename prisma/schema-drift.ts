import { randomBytes } from "node:crypto";
import pg from "pg";
import { migrate } from "../lib/store/migrate.ts";

/** One line per column, index and constraint. What is set by hand (storage, vacuum) Prisma's schema can't say. */
const CONTENTS = `
  SELECT format('column %s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
      CASE WHEN a.attnotnull THEN ' not null' END, ' default ' || pg_get_expr(d.adbin, d.adrelid)) AS line
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL SELECT format('constraint %s %s', conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  ORDER BY 1`;

/**
 * How the database that the migrations make differs from the one that the schema describes, on a Postgres where
 * databases may be made: lines with `+` are missing from the migrations, lines with `-` from the schema. None: no drift.
 */
export async function findDrift(serverUrl: string, schemaSql: string): Promise<string[]> {
  const migrated = await scratch(serverUrl, async (url) => void (await migrate(url)));
  const described = await scratch(serverUrl, async (url) => void (await query(url, schemaSql)));
  return [
    ...migrated.filter((line) => !described.includes(line)).map((line) => `- ${line}`),
    ...described.filter((line) => !migrated.includes(line)).map((line) => `+ ${line}`),
  ];
}

async function scratch(serverUrl: string, fill: (url: string) => Promise<void>): Promise<string[]> {
  const name = `hooklens_drift_${randomBytes(6).toString("hex")}`;
  const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  await query(serverUrl, `CREATE DATABASE ${name} TEMPLATE template0`);
  try {
    await fill(url);
    const { rows } = await query(url, CONTENTS);
    return (rows as { line: string }[])
      .map(({ line }) => line)
      .filter((line) => !line.includes("_prisma_migrations"));
  } finally {
    await query(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function query(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}
