package dev.banyan.platform.audit;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.AuditChainStore.Head;
import dev.banyan.platform.audit.AuditChainStore.Sealed;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;

/// Verifies the chains of one snapshot and reports, chain by chain, whether each row is what was sealed, where it was
/// sealed. Its memory does not grow with the number of rows.
public final class AuditVerification {

    private static final int AT_ONCE = 1_000;

    /// The result for one chain.
    ///
    /// @param tenant [AccountId#SERVER] for acts on the server itself
    /// @param sealed how many rows were checked
    /// @param unsealed how many rows wait for their place
    /// @param end the hash of the last row, in hexadecimal: compared with a copy stored elsewhere, it reveals a
    ///     rebuilt chain
    /// @param broken the first place where it is broken
    public record Chain(AccountId tenant, long sealed, int unsealed, String end, Optional<Broken> broken) {}

    /// @param sequence of the row that is wrong or missing
    /// @param what such as "its details were changed"
    public record Broken(long sequence, String what) {}

    private final AuditChainStore store;

    private AuditVerification(Tx tx) {
        this.store = new AuditChainStore(tx);
    }

    /// Reports each chain when it is verified.
    public static void run(Database database, Consumer<Chain> told) {
        database.read(tx -> {
            new AuditVerification(tx).run(told);
            return told;
        });
    }

    private void run(Consumer<Chain> told) {
        Map<String, Integer> waiting = new HashMap<>(store.waiting());
        // The server's own chain comes first, and exists even if nothing was sealed yet.
        told.accept(chain(AccountId.SERVER, waiting));
        List<String> tenants = store.chains(AccountId.SERVER.toString(), AT_ONCE);
        while (!tenants.isEmpty()) {
            tell(tenants, waiting, told);
            tenants = store.chains(tenants.getLast(), AT_ONCE);
        }
        tell(store.endless(), waiting, told);
        tell(List.copyOf(waiting.keySet()), waiting, told);
    }

    /// Reports the chains. A row whose tenant id is invalid is missing in the chain that it was taken from.
    private void tell(List<String> tenants, Map<String, Integer> waiting, Consumer<Chain> told) {
        tenants.stream()
                .map(AccountId::parse)
                .flatMap(Optional::stream)
                .filter(tenant -> !tenant.equals(AccountId.SERVER))
                .forEach(tenant -> told.accept(chain(tenant, waiting)));
    }

    private Chain chain(AccountId tenant, Map<String, Integer> waiting) {
        int unsealed = Optional.ofNullable(waiting.remove(tenant.toString())).orElse(0);
        String hash = AuditLink.beginningOf(tenant);
        long sequence = 0;
        List<Sealed> rows = store.sealed(tenant, 0, AT_ONCE);
        while (!rows.isEmpty()) {
            for (Sealed row : rows) {
                Optional<Broken> broken = broken(row, sequence, hash);
                if (broken.isPresent()) {
                    return new Chain(tenant, sequence, unsealed, hash, broken);
                }
                sequence = row.sequence();
                hash = row.hash();
            }
            rows = store.sealed(tenant, sequence, AT_ONCE);
        }
        return new Chain(tenant, sequence, unsealed, hash, brokenEnd(store.head(tenant), sequence, hash));
    }

    /// @param last the place of the previous row
    private static Optional<Broken> broken(Sealed row, long last, String previous) {
        if (row.sequence() != last + 1) {
            return Optional.of(new Broken(last + 1, missing(last + 1, row.sequence() - 1)));
        }
        if (!row.hash().equals(row.link().hash(previous, row.sequence()))) {
            return Optional.of(new Broken(
                    row.sequence(),
                    "the row " + row.link().id() + " (" + row.link().action() + ") was changed or replaced"));
        }
        boolean changed =
                row.details().filter(details -> !isWhatWasSealed(details, row)).isPresent();
        return changed
                ? Optional.of(new Broken(
                        row.sequence(),
                        "the details of the row " + row.link().id() + " ("
                                + row.link().action() + ") were changed"))
                : Optional.empty();
    }

    /// Returns true if the details are what was sealed. Without a salt, the concatenation of a salt and its details
    /// would have the right digest, but that is not JSON.
    private static boolean isWhatWasSealed(String details, Sealed row) {
        return details.startsWith("{")
                && AuditEvent.digest(row.salt(), details).equals(row.link().detailsDigest());
    }

    private static Optional<Broken> brokenEnd(Optional<Head> head, long sequence, String hash) {
        if (head.isEmpty()) {
            return sequence == 0
                    ? Optional.empty()
                    : Optional.of(new Broken(sequence, "the end of the chain is unknown: its entry is missing"));
        }
        long end = head.get().sequence();
        if (end > sequence) {
            return Optional.of(new Broken(sequence + 1, missing(sequence + 1, end) + ": the end was cut off"));
        }
        if (end < sequence) {
            return Optional.of(new Broken(end + 1, "rows were added after the end of the chain, row " + end));
        }
        return head.get().hash().equals(hash)
                ? Optional.empty()
                : Optional.of(new Broken(sequence, "the entry for the end of the chain was changed"));
    }

    private static String missing(long first, long last) {
        return first == last ? "the row is missing" : "the rows up to " + last + " are missing";
    }
}
