package dev.banyan.platform.cluster;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.RepeatedFailures;
import dev.banyan.platform.db.Database;

/// Gives accounts to other nodes: some if this one has more than its share, all when it stops.
final class AccountMoves {

    /// A node gets accounts of others only when it has run this long: it may still be starting.
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(10);
    /// At most one of so many accounts is moved at a time, and always one.
    private static final int GENTLY = 50;

    private final OwnAccounts own;
    private final Nodes nodes;
    private final Database database;
    private final OtherNodes others;
    private final AccountIntake intake;
    private final Executor threads;
    private final RepeatedFailures failures;
    private volatile Optional<LiveWork> work = Optional.empty();

    AccountMoves(
            OwnAccounts own,
            Nodes nodes,
            Database database,
            OtherNodes others,
            AccountIntake intake,
            Executor threads,
            RepeatedFailures failures) {
        this.own = own;
        this.nodes = nodes;
        this.database = database;
        this.others = others;
        this.intake = intake;
        this.threads = threads;
        this.failures = failures;
    }

    void begin(LiveWork all) {
        work = Optional.of(all);
    }

    /// Gives some accounts to the node that has the fewest, if this one has more than its share.
    void balance() {
        List<Node> settled = settled();
        if (settled.isEmpty()) {
            return;
        }
        Map<UUID, Integer> counts = database.read(tx -> new AccountLeaseStore(tx).counts());
        UUID least = least(settled, counts).id();
        int mine = own.count();
        int share = (mine
                        + settled.stream()
                                .mapToInt(node -> counts.getOrDefault(node.id(), 0))
                                .sum())
                / (settled.size() + 1);
        if (mine - counts.getOrDefault(least, 0) < 2 || mine <= share) {
            return;
        }
        own.all().stream()
                .filter(account -> own.isHere(account)
                        && work.filter(doing -> doing.isBusy(account)).isEmpty())
                .limit(Math.min(mine - share, Math.max(1, mine / GENTLY)))
                .toList()
                .forEach(account -> leave(account, Optional.of(least)));
    }

    /// Returns the other nodes that can take accounts.
    private List<Node> settled() {
        return nodes.live().stream()
                .filter(node -> !node.id().equals(nodes.id())
                        && node.startedAt().plus(SETTLED_AFTER).isBefore(node.seenAt()))
                .toList();
    }

    private static Node least(List<Node> settled, Map<UUID, Integer> counts) {
        return settled.stream()
                .min(Comparator.comparing(node -> counts.getOrDefault(node.id(), 0)))
                .orElseThrow();
    }

    private void leave(AccountId account, Optional<UUID> to) {
        if (!own.leaves(account)) {
            return;
        }
        try {
            work.ifPresent(doing -> doing.end(account));
            own.give(
                    account,
                    () -> database.write(tx -> {
                        new AccountLeaseStore(tx).give(account, nodes.id(), to);
                        return true;
                    }));
            others.tell(new LeaseMoved(account, to));
        } catch (RuntimeException failure) {
            own.forget(account);
            intake.lookLater();
            failures.failed("An account could not be given to another server; it stays here", failure);
        }
    }

    /// Ends the work of accounts that others have, because they have not seen this node for too long.
    void lose() {
        List<AccountId> lost = own.lose();
        work.ifPresent(doing -> lost.forEach(account -> threads.execute(() -> doing.end(account))));
    }

    /// Hands everything over to the others, in turns.
    void giveAll() {
        List<UUID> to = settled().stream().map(Node::id).toList();
        int next = 0;
        for (AccountId account : own.all()) {
            Optional<UUID> other = to.isEmpty() ? Optional.empty() : Optional.of(to.get(next++ % to.size()));
            threads.execute(() -> leave(account, other));
        }
    }
}
