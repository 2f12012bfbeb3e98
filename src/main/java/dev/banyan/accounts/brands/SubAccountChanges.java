package dev.banyan.accounts.brands;

import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.SubAccountDetails;
import dev.banyan.accounts.SubAccountStates;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.accounts.SubAccountType;
import dev.banyan.accounts.brands.SubAccounts.SubAccount;
import dev.banyan.accounts.plans.Plans;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Changes the details of a sub-account. Acts for the context's root account.
@Singleton
public final class SubAccountChanges {

    static final String NAME_IS_FIXED = "Username cannot be changed (requires deletion and recreation)";

    /// The fields to change. Absent fields stay; an empty text clears an optional field.
    ///
    /// @param username may be sent back as it is, but not changed
    /// @param type a key of [SubAccountType]
    /// @param showManagedBy whether its public pages say who manages it
    /// @param notices `parent`, `subaccount`, `both`, or empty for the server's default
    public record Change(
            Optional<String> username,
            Optional<String> displayName,
            Optional<String> email,
            Optional<String> bio,
            Optional<String> internalLabel,
            Optional<String> notes,
            Optional<String> type,
            Optional<String> notices,
            Optional<Boolean> showManagedBy) {}

    /// The result of an update.
    public sealed interface Updated {

        record Done(SubAccount subAccount) implements Updated {}

        /// Unknown, managed by another agency, or deleted: the caller can't tell which.
        record NotManaged() implements Updated {}

        record Suspended() implements Updated {}

        /// The plan has no room for it.
        record ReadOnly(Instant until) implements Updated {}

        record Rejected(List<Invalid> invalid) implements Updated {}
    }

    private final Database database;
    private final Plans plans;
    private final SubAccountStates states;
    private final Audit audit;
    private final Clock clock;

    SubAccountChanges(Database database, Plans plans, SubAccountStates states, Audit audit, Clock clock) {
        this.database = database;
        this.plans = plans;
        this.states = states;
        this.audit = audit;
        this.clock = clock;
    }

    /// @param idOrName the sub-account
    public Updated update(AccountContext context, String idOrName, Change change) {
        return database.write(tx -> {
            // Locked until the commit, as in every operation that changes what an agency has.
            Account root = new AccountStore(tx).lock(context.root().id()).orElseThrow();
            var store = new SubAccountStore(tx);
            Optional<SubAccountStore.Row> found = store.findNamed(root.id(), idOrName)
                    .filter(row -> row.account().status() != AccountStatus.DELETED);
            if (found.isEmpty()) {
                return new Updated.NotManaged();
            }
            Account account = found.get().account();
            if (account.status() == AccountStatus.SUSPENDED) {
                return new Updated.Suspended();
            }
            if (account.suspendsAt().isPresent()) {
                return new Updated.ReadOnly(account.suspendsAt().get());
            }
            List<Invalid> invalid = invalid(account, change);
            if (!invalid.isEmpty()) {
                return new Updated.Rejected(invalid);
            }
            SubAccountStore.Row row = changed(found.get(), change);
            if (!row.equals(found.get())) {
                store.update(root.id(), row, clock.instant());
                audit.note(
                        tx,
                        context.actor(),
                        account.owner(),
                        "SubAccountUpdated",
                        account.id().toString(),
                        Map.of("username", account.username(), "fields", fields(found.get(), row)));
                states.changed(tx, row.account());
            }
            return new Updated.Done(SubAccounts.described(tx, plans.effective(tx, root), root.id(), account.id()));
        });
    }

    private static List<Invalid> invalid(Account account, Change change) {
        List<Invalid> invalid = new ArrayList<>();
        change.username()
                .filter(name -> !Names.lower(name).equals(account.username()))
                .ifPresent(_ -> invalid.add(new Invalid("username", NAME_IS_FIXED)));
        change.displayName().flatMap(Names.DISPLAY_NAME::broken).ifPresent(invalid::add);
        Names.kept(change.email()).flatMap(Names::brokenEmail).ifPresent(invalid::add);
        change.bio().flatMap(Names.BIO::broken).ifPresent(invalid::add);
        change.internalLabel().flatMap(Names.INTERNAL_LABEL::broken).ifPresent(invalid::add);
        change.notes().flatMap(Names.NOTES::broken).ifPresent(invalid::add);
        change.type().flatMap(Names::brokenType).ifPresent(invalid::add);
        change.notices().flatMap(Names::brokenNotify).ifPresent(invalid::add);
        return List.copyOf(invalid);
    }

    private static SubAccountStore.Row changed(SubAccountStore.Row row, Change change) {
        Account account = row.account();
        SubAccountDetails details = row.details();
        return new SubAccountStore.Row(
                account.described(
                        change.displayName().map(String::strip).orElse(account.displayName()),
                        text(change.email(), account.email()).map(Names::lower),
                        text(change.bio(), account.bio())),
                new SubAccountDetails(
                        change.type().flatMap(SubAccountType::of).orElse(details.type()),
                        text(change.internalLabel(), details.internalLabel()),
                        text(change.notes(), details.notes()),
                        change.notices().isPresent() ? change.notices().flatMap(Names::noticesTo) : details.notices(),
                        change.showManagedBy().orElse(details.showManagedBy()),
                        details.suspendedAt(),
                        details.suspendedByPlan(),
                        details.deletedAt()));
    }

    private static Optional<String> text(Optional<String> typed, Optional<String> before) {
        return typed.isPresent() ? Names.kept(typed) : before;
    }

    /// Returns which fields changed, not their values: the audit log has more readers than the notes.
    private static String fields(SubAccountStore.Row before, SubAccountStore.Row after) {
        List<String> fields = new ArrayList<>();
        note(fields, "displayName", before, after, row -> row.account().displayName());
        note(fields, "email", before, after, row -> row.account().email());
        note(fields, "bio", before, after, row -> row.account().bio());
        note(fields, "internalLabel", before, after, row -> row.details().internalLabel());
        note(fields, "notes", before, after, row -> row.details().notes());
        note(fields, "type", before, after, row -> row.details().type());
        note(fields, "showManagedBy", before, after, row -> row.details().showManagedBy());
        note(fields, "notify", before, after, row -> row.details().notices());
        return String.join(", ", fields);
    }

    private static void note(
            List<String> fields,
            String name,
            SubAccountStore.Row before,
            SubAccountStore.Row after,
            Function<SubAccountStore.Row, Object> value) {
        if (!value.apply(before).equals(value.apply(after))) {
            fields.add(name);
        }
    }
}
