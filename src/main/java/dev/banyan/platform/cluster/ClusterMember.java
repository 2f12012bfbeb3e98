package dev.banyan.platform.cluster;

import module java.base;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Tx;

/// A living server on the database, and what it has of the work: for the people who run it.
///
/// @param runsJobs whether it runs the jobs that only one server runs
/// @param numbers how many WhatsApp numbers it has
public record ClusterMember(Node node, boolean runsJobs, int numbers) {

    /// Returns all of them, the oldest first.
    @AllTenants("nodes belong to the server")
    public static List<ClusterMember> of(Tx tx) {
        var store = new NodeStore(tx);
        Map<UUID, Integer> numbers = new PoolLeaseStore(tx).numbers();
        var jobs = store.find(Nodes.JOBS).map(NodeStore.Lease::holder);
        return store.seenSince(Nodes.aliveSince(store.now())).stream()
                .map(node -> new ClusterMember(
                        node, jobs.filter(node.id()::equals).isPresent(), numbers.getOrDefault(node.id(), 0)))
                .toList();
    }
}
