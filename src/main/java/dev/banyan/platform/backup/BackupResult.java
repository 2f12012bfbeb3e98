package dev.banyan.platform.backup;

import module java.base;

/// A backup that was written, is being written, or failed.
///
/// @param planned the time of the plan that it is for; empty if an operator asked for it
/// @param location the folder, or the bucket with its address
/// @param rows of the database that were written so far
/// @param size in bytes; empty unless it was written
/// @param problem why it failed, or what went wrong after it was written
public record BackupResult(
        UUID id,
        Optional<Instant> planned,
        boolean running,
        Instant startedAt,
        Optional<Instant> endedAt,
        String location,
        String fileName,
        long rows,
        Optional<Long> size,
        Optional<String> problem) {

    public boolean isWritten() {
        return size.isPresent();
    }

    public boolean isFailed() {
        return !running && size.isEmpty();
    }
}
