package dev.banyan.platform.jobs;

/// Marks a bean with rows that expire. The job `forget-expired` deletes them.
public interface Expiring {

    /// Deletes what has expired by now.
    ///
    /// @return how many rows were deleted
    int forgetExpired();
}
