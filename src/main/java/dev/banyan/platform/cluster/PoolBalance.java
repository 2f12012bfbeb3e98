package dev.banyan.platform.cluster;

import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import jakarta.inject.Singleton;

/// Shares the numbers among the servers, step by step. Each step waits for the results of what a pool sends, so it is a
/// job of its own: the pools of a server that died don't wait for that.
@Singleton
record PoolBalance(LivePools pools) implements Recurring {

    @Override
    public Job job() {
        return Job.scheduled(
                        "5s", "5s", "share-accounts", "Shares the accounts’ numbers among the servers.", pools::balance)
                .onEachServer();
    }
}
