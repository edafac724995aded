/**
 * How the embedded Postgres is set: many small durable commits on a small machine that also runs Node.
 * fsync, full_page_writes and synchronous_commit stay on: what was acknowledged is on disk.
 */
export function postgresSettings(port: number): Record<string, string> {
  return {
    port: String(port),
    // Reached over loopback with a password only. A socket file would be one more door, and its path may be too long.
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    // A server asks for some thirty; a slot that is not used costs next to nothing.
    max_connections: "200",
    // A crash replays at most this much before the next capture is taken: 400 MB took 2 to 3.5 s on two busy cores. Half
    // of the default; the rate of commits and the bytes per row stay the same, as they do with wal_compression and with
    // 64 to 256 MB of shared_buffers: rows are added to new pages, so little is written twice.
    max_wal_size: "512MB",
    // One server without replicas: nothing to send, and less to write.
    wal_level: "minimal",
    max_wal_senders: "0",
    // Every query is short; planning machine code or workers for one costs more than it gives.
    jit: "off",
    max_parallel_workers_per_gather: "0",
    max_parallel_maintenance_workers: "0",
    // Our log names no payload: neither statements nor the values that a constraint names.
    log_min_messages: "fatal",
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    timezone: "UTC",
    log_timezone: "UTC",
    // macOS: a plain fsync leaves the data in the drive's own cache.
    ...(process.platform === "darwin" ? { wal_sync_method: "fsync_writethrough" } : {}),
  };
}
