package dev.banyan.whatsapp;

import dev.banyan.platform.AccountId;
import java.time.Instant;
import java.util.Optional;

/// One WhatsApp number that Banyan manages.
///
/// @param tenant the root account that it belongs to
/// @param phone empty for a master whose number is learnt when it is linked
/// @param enabled false where an imported file says so: it is kept, and does not work
/// @param servants how many senders it leads; 0 for a servant
public record Sender(
        SenderId id,
        AccountId tenant,
        Role role,
        String displayName,
        Optional<Phone> phone,
        DriverKind driver,
        boolean enabled,
        SenderOverrides traits,
        Link link,
        long servants,
        Instant createdAt,
        Instant updatedAt) {

    /// What it is in its pool.
    public sealed interface Role {

        record Master(MasterType type) implements Role {}

        /// @param purpose such as `support`; free text
        record Servant(SenderId master, String purpose) implements Role {}
    }

    /// What is written down of its connection to WhatsApp.
    ///
    /// @param deviceName what the linked phone calls itself
    /// @param attempts linkings begun since the last one that succeeded
    /// @param lastError why it does not work, in words for people
    /// @param linkedAt when it was linked; empty where this server has never seen it linked
    /// @param lastActiveAt the last sign of life that was written down; [Liveness] knows later ones
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

        /// @param lastProof a sign of life that is not written down yet
        public Link became(SenderState next, Optional<String> error, Optional<Instant> lastProof, Instant now) {
            return new Link(
                    next, deviceName, attempts, error, now, startedAt, linkedAt, lastProof.or(() -> lastActiveAt));
        }
    }

    /// One that is new, as an operator names it: nothing has happened to it yet.
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
                true,
                SenderOverrides.NONE,
                Link.none(SenderState.PENDING, now),
                0,
                now,
                now);
    }

    public Sender withId(SenderId other) {
        return new Sender(
                other, tenant, role, displayName, phone, driver, enabled, traits, link, servants, createdAt, updatedAt);
    }

    public Sender withPhone(Phone learnt) {
        return new Sender(
                id,
                tenant,
                role,
                displayName,
                Optional.of(learnt),
                driver,
                enabled,
                traits,
                link,
                servants,
                createdAt,
                updatedAt);
    }

    public Sender withLink(Link changed, Instant now) {
        return new Sender(
                id, tenant, role, displayName, phone, driver, enabled, traits, changed, servants, createdAt, now);
    }

    /// It was linked once, and nothing says that it is no more.
    public boolean mayComeBack() {
        return enabled && link.linkedAt().isPresent() && (state().isActive() || state() == SenderState.DISCONNECTED);
    }

    public Sender tuned(String otherName, Role otherRole, SenderOverrides otherTraits) {
        return new Sender(
                id,
                tenant,
                otherRole,
                otherName,
                phone,
                driver,
                enabled,
                otherTraits,
                link,
                servants,
                createdAt,
                updatedAt);
    }

    public SenderKey key() {
        return new SenderKey(tenant, id);
    }

    public boolean isMaster() {
        return role instanceof Role.Master;
    }

    /// The master that a servant belongs to.
    public Optional<SenderId> masterId() {
        return role instanceof Role.Servant(SenderId master, String _) ? Optional.of(master) : Optional.empty();
    }

    /// A master's type.
    public Optional<MasterType> masterType() {
        return role instanceof Role.Master(MasterType type) ? Optional.of(type) : Optional.empty();
    }

    /// A servant's purpose.
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
