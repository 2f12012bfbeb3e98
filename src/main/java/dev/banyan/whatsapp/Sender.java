package dev.banyan.whatsapp;

import dev.banyan.platform.AccountId;
import java.time.Instant;
import java.util.Optional;

/// One WhatsApp number that Banyan manages.
///
/// @param tenant the root account that it belongs to
/// @param phone empty for a master whose number is learnt when it is linked
/// @param enabled false where an imported file says so: it is kept, and does not work
/// @param deviceName what the linked phone calls itself
/// @param linkAttempts linkings begun since the last one that succeeded
/// @param lastError why it does not work, in words for people
/// @param lastActiveAt the last sign of life from WhatsApp that was written down
/// @param servants how many senders it leads; 0 for a servant
public record Sender(
        SenderId id,
        AccountId tenant,
        Role role,
        String displayName,
        Optional<Phone> phone,
        SenderState state,
        DriverKind driver,
        boolean enabled,
        Optional<String> deviceName,
        int linkAttempts,
        Optional<String> lastError,
        Instant stateChangedAt,
        Optional<Instant> linkStartedAt,
        Optional<Instant> linkedAt,
        Optional<Instant> lastActiveAt,
        long servants,
        Instant createdAt,
        Instant updatedAt) {

    /// What it is in its pool.
    public sealed interface Role {

        record Master(MasterType type) implements Role {}

        /// @param purpose such as `support`; free text
        record Servant(SenderId master, String purpose) implements Role {}
    }

    /// One that is new, as an operator names it: nothing has happened to it yet.
    static Sender fresh(
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
                SenderState.PENDING,
                driver,
                true,
                Optional.empty(),
                0,
                Optional.empty(),
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                now,
                now);
    }

    Sender withId(SenderId other) {
        return new Sender(
                other,
                tenant,
                role,
                displayName,
                phone,
                state,
                driver,
                enabled,
                deviceName,
                linkAttempts,
                lastError,
                stateChangedAt,
                linkStartedAt,
                linkedAt,
                lastActiveAt,
                servants,
                createdAt,
                updatedAt);
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
}
