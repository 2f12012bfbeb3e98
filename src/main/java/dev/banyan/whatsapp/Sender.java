package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.PhoneNumbers;

/// A WhatsApp number managed by Banyan.
///
/// @param tenant the root account that it belongs to
/// @param phone empty for a master whose number becomes known when it is linked
/// @param enabled false if an imported file disables it: it is kept, but does not work
/// @param remote where it is at a gateway; empty for a simulated one
/// @param servants number of its servants; 0 for a servant
public record Sender(
        SenderId id,
        AccountId tenant,
        Role role,
        String displayName,
        Optional<Phone> phone,
        DriverKind driver,
        Optional<Remote> remote,
        boolean enabled,
        SenderOverrides traits,
        Assignment assignment,
        Link link,
        long servants,
        Instant createdAt,
        Instant updatedAt) {

    /// The role of a sender in its pool.
    public sealed interface Role {

        record Master(MasterType type) implements Role {}

        /// @param purpose such as `support`; free text
        record Servant(SenderId master, String purpose) implements Role {}
    }

    /// Where a number is at a gateway.
    ///
    /// @param name what the gateway calls it: a session, an instance, or a phone number id
    /// @param portfolio Meta's business portfolio that the connection belongs to, as far as it is known
    public record Remote(ConnectionId connection, String name, Optional<String> portfolio) {

        /// A number whose portfolio isn't known, or that has none.
        public Remote(ConnectionId connection, String name) {
            this(connection, name, Optional.empty());
        }
    }

    /// What operators and failovers have decided about it.
    ///
    /// @param home the master that a servant belongs to while a failover has lent it to another one
    /// @param brand the sub-account that it works for; empty: the account itself
    public record Assignment(Optional<Pause> pause, Optional<SenderId> home, Optional<AccountId> brand) {

        public static final Assignment NONE = new Assignment(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// Returns the numbers of a pool that send its messages. Next to a real number, a simulated one never does: what
    /// it "sends" reaches no one (design 7).
    public static List<Sender> sending(List<Sender> pool) {
        return pool.stream().anyMatch(one -> one.driver().isReal())
                ? pool.stream().filter(one -> one.driver().isReal()).toList()
                : pool;
    }

    /// The stored state of its connection to WhatsApp.
    ///
    /// @param attempts linkings started since the last one that succeeded
    /// @param lastError why it does not work, for people
    /// @param linkedAt when it was linked; empty if this server has never seen it linked
    /// @param lastActiveAt the last stored sign of life; [Liveness] knows later ones
    public record Link(
            SenderState state,
            Optional<String> deviceName,
            int attempts,
            Optional<String> lastError,
            Instant stateChangedAt,
            Optional<Instant> startedAt,
            Optional<Instant> linkedAt,
            Optional<Instant> lastActiveAt) {

        public static Link none(SenderState state, Instant now) {
            return new Link(
                    state,
                    Optional.empty(),
                    0,
                    Optional.empty(),
                    now,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        public Link begun(Instant now) {
            return new Link(
                    SenderState.LINKING,
                    deviceName,
                    attempts + 1,
                    Optional.empty(),
                    now,
                    Optional.of(now),
                    linkedAt,
                    lastActiveAt);
        }

        public Link done(String device, Instant now) {
            return new Link(
                    SenderState.LINKED,
                    Optional.of(device),
                    0,
                    Optional.empty(),
                    now,
                    startedAt,
                    Optional.of(now),
                    Optional.of(now));
        }

        /// @param lastProof a sign of life that is not stored yet
        public Link became(SenderState next, Optional<String> error, Optional<Instant> lastProof, Instant now) {
            return new Link(
                    next, deviceName, attempts, error, now, startedAt, linkedAt, lastProof.or(() -> lastActiveAt));
        }
    }

    /// Creates a new sender with the values given by the operator.
    public static Sender fresh(
            SenderId id,
            AccountId tenant,
            Role role,
            String displayName,
            Optional<Phone> phone,
            DriverKind driver,
            Instant now) {
        return new Sender(
                id,
                tenant,
                role,
                displayName,
                phone,
                driver,
                Optional.empty(),
                true,
                SenderOverrides.NONE,
                Assignment.NONE,
                Link.none(SenderState.PENDING, now),
                0,
                now,
                now);
    }

    /// Returns it at a gateway.
    public Sender at(DriverKind kind, Optional<Remote> place) {
        return new Sender(
                id,
                tenant,
                role,
                displayName,
                phone,
                kind,
                place,
                enabled,
                traits,
                assignment,
                link,
                servants,
                createdAt,
                updatedAt);
    }

    public Sender withId(SenderId other) {
        return with(other, role, displayName, phone, traits, link, updatedAt);
    }

    public Sender withPhone(Phone learnt) {
        return with(id, role, displayName, Optional.of(learnt), traits, link, updatedAt);
    }

    public Sender withLink(Link changed, Instant now) {
        return with(id, role, displayName, phone, traits, changed, now);
    }

    public Sender tuned(String otherName, Role otherRole, SenderOverrides otherTraits) {
        return with(id, otherRole, otherName, phone, otherTraits, link, updatedAt);
    }

    private Sender with(
            SenderId as,
            Role being,
            String called,
            Optional<Phone> reachedAt,
            SenderOverrides having,
            Link linked,
            Instant at) {
        return new Sender(
                as,
                tenant,
                being,
                called,
                reachedAt,
                driver,
                remote,
                enabled,
                having,
                assignment,
                linked,
                servants,
                createdAt,
                at);
    }

    /// Returns whether it was linked before and, as far as we know, still is: WhatsApp may lift a ban.
    public boolean mayComeBack() {
        return enabled
                && link.linkedAt().isPresent()
                && switch (state()) {
                    case LINKED, RESTRICTED, DISCONNECTED -> true;
                    case BANNED -> driver.isReal();
                    case PENDING, LINKING, PASSKEY_REQUIRED, UNLINKED -> false;
                };
    }

    /// Returns whether it is paused like this.
    public boolean isPaused(Pause how) {
        return assignment.pause().equals(Optional.of(how));
    }

    /// Returns what pages call it: its name, or its phone number where the name is only an id, as that of a servant in
    /// an imported file or of a number at a gateway.
    public String shownName() {
        return SenderId.isGenerated(displayName)
                ? phone.map(Phone::e164).map(PhoneNumbers::spaced).orElse("Unnamed number")
                : displayName;
    }

    /// Returns what pages call a number that may have been removed.
    public static String shownName(Optional<Sender> sender, SenderId id) {
        return sender.map(Sender::shownName)
                .orElseGet(() -> SenderId.isGenerated(id.value()) ? "Removed number" : id.value());
    }

    public SenderKey key() {
        return new SenderKey(tenant, id);
    }

    /// Returns the master of the pool that it is in, which may be itself.
    public SenderKey pool() {
        return new SenderKey(tenant, masterId().orElse(id));
    }

    public boolean isMaster() {
        return role instanceof Role.Master;
    }

    public Optional<SenderId> masterId() {
        return role instanceof Role.Servant(SenderId master, String _) ? Optional.of(master) : Optional.empty();
    }

    public Optional<MasterType> masterType() {
        return role instanceof Role.Master(MasterType type) ? Optional.of(type) : Optional.empty();
    }

    public Optional<String> purpose() {
        return role instanceof Role.Servant(SenderId _, String purpose) ? Optional.of(purpose) : Optional.empty();
    }

    public SenderState state() {
        return link.state();
    }

    public int linkAttempts() {
        return link.attempts();
    }

    public Optional<String> lastError() {
        return link.lastError();
    }
}
