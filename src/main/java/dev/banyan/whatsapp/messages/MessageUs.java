package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Owner;
import dev.banyan.platform.StickyVisitor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.failover.Eligibility;
import dev.banyan.whatsapp.failover.FailoverState;
import dev.banyan.whatsapp.failover.NumberWatch;
import dev.banyan.whatsapp.failover.PoolState;
import dev.banyan.whatsapp.failover.PoolStateStore;
import jakarta.inject.Singleton;

/// Chooses the number that a visitor of a public page or a short link writes to.
@Singleton
public record MessageUs(Database database, Liveness liveness, NumberWatch watch) {

    /// A number for a visitor.
    ///
    /// @param visitor as the visitor's cookie remembers them now
    public record Chosen(Phone phone, StickyVisitor visitor) {}

    /// Chooses a number of a pool, or of the pool that stands in for it: a healthy one that takes new contacts, never a
    /// restricted one, because a first message opens a chat; one that has failed recently only if no other works. A
    /// visitor keeps their number as long as it is such a one; when another number fails or is added, only that
    /// number's visitors change. Visitors are distributed in proportion to the weights.
    ///
    /// @return empty if no number is available, or there is no such pool
    public Optional<Chosen> number(AccountId tenant, SenderId master, StickyVisitor visitor) {
        return chosen(database.read(tx -> inTurn(tx, tenant, master)), visitor);
    }

    /// Chooses a number for visitors of an account: of the pools that work for it as a brand, or of those that work for
    /// no brand if there are none. Never of another brand's.
    public Optional<Chosen> number(Owner owner, StickyVisitor visitor) {
        return chosen(
                database.read(tx -> poolsOf(tx, owner).stream()
                        .flatMap(master -> inTurn(tx, owner.tenant(), master.id()).stream())
                        .toList()),
                visitor);
    }

    private static List<Sender> poolsOf(Tx tx, Owner owner) {
        List<Sender> masters = new SenderStore(tx)
                .masters(owner.tenant()).stream()
                        .sorted(Comparator.comparing(
                                        (Sender master) -> master.masterType().equals(Optional.of(MasterType.BACKUP)))
                                .thenComparing(master -> master.traits().priority()))
                        .toList();
        List<Sender> own = workingFor(masters, Optional.of(owner.account()));
        return own.isEmpty() ? workingFor(masters, Optional.empty()) : own;
    }

    private static List<Sender> workingFor(List<Sender> masters, Optional<AccountId> brand) {
        return masters.stream()
                .filter(master -> master.assignment().brand().equals(brand))
                .toList();
    }

    /// Returns the numbers of a pool and of its stand-in, those that go first in the first list.
    private static List<List<Sender>> inTurn(Tx tx, AccountId tenant, SenderId master) {
        PoolState state = new PoolStateStore(tx).find(tenant, master);
        List<Sender> own = unpaused(tx, tenant, master, state);
        if (state.standIn().isEmpty()) {
            return List.of(own);
        }
        SenderId other = state.standIn().get();
        List<Sender> standIn = unpaused(tx, tenant, other, new PoolStateStore(tx).find(tenant, other));
        return state.failover() == FailoverState.FAILING_BACK ? List.of(own, standIn) : List.of(standIn, own);
    }

    private static List<Sender> unpaused(Tx tx, AccountId tenant, SenderId master, PoolState state) {
        return state.pause().isPresent() ? List.of() : new SenderStore(tx).pool(tenant, master);
    }

    private Optional<Chosen> chosen(List<List<Sender>> inTurn, StickyVisitor visitor) {
        return inTurn.stream()
                .flatMap(numbers ->
                        best(numbers.stream().filter(this::takesVisitors).toList(), visitor).stream())
                .findFirst()
                .map(sender -> new Chosen(sender.phone().orElseThrow(), visitor.with(name(sender))));
    }

    private boolean takesVisitors(Sender sender) {
        return sender.enabled()
                && sender.state() == SenderState.LINKED
                && sender.assignment().pause().isEmpty()
                && sender.phone().isPresent()
                && liveness.isHealthy(sender);
    }

    private Optional<Sender> best(List<Sender> healthy, StickyVisitor visitor) {
        List<Sender> fit = healthy.stream()
                .filter(sender -> watch.fitness(sender) == Eligibility.FIT)
                .toList();
        return healthy.stream()
                .filter(sender -> visitor.since(name(sender)).isPresent())
                .min(Comparator.comparingInt(
                        sender -> visitor.since(name(sender)).orElseThrow()))
                .or(() -> drawn(fit.isEmpty() ? healthy : fit, visitor));
    }

    private static Optional<Sender> drawn(List<Sender> numbers, StickyVisitor visitor) {
        return numbers.stream()
                .max(Comparator.comparingDouble((Sender sender) -> score(sender, visitor.token()))
                        .thenComparing(sender -> sender.id().value()));
    }

    /// Returns what the visitor's cookie remembers a number by.
    private static String name(Sender sender) {
        return sender.tenant() + "/" + sender.id();
    }

    /// Returns the number's score for this visitor; the highest wins (weighted rendezvous hashing).
    private static double score(Sender sender, String visitor) {
        byte[] lot = Digests.sha256((visitor + "\n" + sender.id()).getBytes(StandardCharsets.UTF_8));
        double drawn = ((ByteBuffer.wrap(lot).getLong() >>> 11) + 0.5) / (1L << 53);
        return -sender.traits().weight() / Math.log(drawn);
    }
}
