package dev.banyan.accounts;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// The brands of an agency. All operations act for the root account above the context.
@Singleton
public final class SubAccounts {

    /// What is needed for a new one.
    ///
    /// @param email shown only: nobody logs in with it
    public record NewSubAccount(String username, String displayName, Optional<String> email, Optional<String> bio) {}

    /// What came of creating one.
    public sealed interface Created {

        record Done(SubAccount subAccount) implements Created {}

        record NoAgencyPermission() implements Created {}

        record LimitReached(long used, int max) implements Created {}

        /// @param free names like it that nobody has
        record NameTaken(List<String> free) implements Created {}

        record Rejected(List<Invalid> invalid) implements Created {}
    }

    /// A sub-account with what lists show of it.
    public record SubAccount(Account account, Tier tier, long pages, long links) {}

    /// How many there are and may be.
    public record Limits(int max, long used, Optional<AgencyPermission> permission, String packLabel) {

        public long remaining() {
            return Math.max(0, max - used);
        }
    }

    /// @param next where the list goes on, if it does
    public record Listed(List<SubAccount> subAccounts, Limits limits, Optional<AccountId> next) {}

    private final Database database;
    private final Plans plans;
    private final Quotas quotas;
    private final Audit audit;
    private final Clock clock;
    private final Uuids uuids;

    SubAccounts(Database database, Plans plans, Quotas quotas, Audit audit, Clock clock, Uuids uuids) {
        this.database = database;
        this.plans = plans;
        this.quotas = quotas;
        this.audit = audit;
        this.clock = clock;
        this.uuids = uuids;
    }

    public Created create(AccountContext context, NewSubAccount wanted) {
        List<Invalid> invalid = new ArrayList<>();
        Names.brokenUsername(wanted.username()).ifPresent(invalid::add);
        Names.DISPLAY_NAME.broken(wanted.displayName()).ifPresent(invalid::add);
        wanted.email().flatMap(Names::brokenEmail).ifPresent(invalid::add);
        wanted.bio().flatMap(Names.BIO::broken).ifPresent(invalid::add);
        return database.write(tx -> {
            // Held until the commit: a plan must not shrink between the look and the claim.
            Account parent = new AccountStore(tx).lock(context.root().id()).orElseThrow();
            EffectivePlan plan = plans.effective(tx, parent);
            if (plan.agencyPermission().isEmpty()) {
                return new Created.NoAgencyPermission();
            }
            return invalid.isEmpty()
                    ? insert(tx, context, parent, plan, wanted)
                    : new Created.Rejected(List.copyOf(invalid));
        });
    }

    private Created insert(Tx tx, AccountContext context, Account parent, EffectivePlan plan, NewSubAccount wanted) {
        var accounts = new AccountStore(tx);
        String username = Names.lower(wanted.username());
        if (ReservedNames.contains(username) || accounts.isTaken(username)) {
            return new Created.NameTaken(freeNamesLike(accounts, username));
        }
        if (quotas.claim(tx, parent.owner(), Quota.SUB_ACCOUNTS, 1) instanceof Quotas.Claim.Exceeded exceeded) {
            return new Created.LimitReached(exceeded.used(), (int) exceeded.limit());
        }
        Instant now = clock.instant();
        var account = new Account(
                uuids.nextAccountId(),
                Optional.of(parent.id()),
                username,
                wanted.displayName().strip(),
                wanted.email().map(Names::lower),
                wanted.bio().map(String::strip).filter(bio -> !bio.isEmpty()),
                AccountStatus.ACTIVE,
                Optional.empty(),
                Tier.FREE,
                Optional.empty(),
                Optional.of(context.identity()),
                now);
        if (!accounts.insert(account, now)) {
            quotas.release(tx, parent.owner(), Quota.SUB_ACCOUNTS, 1);
            return new Created.NameTaken(freeNamesLike(accounts, username));
        }
        new UsageStore(tx).start(account.owner());
        audit.note(
                tx,
                context.actor(),
                account.owner(),
                "SubAccountCreated",
                account.id().toString(),
                Map.of("username", username));
        return new Created.Done(new SubAccount(account, plan.subAccountTier(), 0, 0));
    }

    private static List<String> freeNamesLike(AccountStore accounts, String username) {
        String stem = username.length() > 27 ? username.substring(0, 27) : username;
        return IntStream.rangeClosed(2, 30)
                .mapToObj(number -> stem + number)
                .filter(name -> !ReservedNames.contains(name) && !accounts.isTaken(name))
                .limit(2)
                .toList();
    }

    /// Newest first, in a fixed number of queries. Without the agency permission the list is empty.
    public Listed list(AccountContext context, String search, Optional<AccountId> after, int limit) {
        return database.read(tx -> {
            var accounts = new AccountStore(tx);
            Account parent = accounts.find(context.root().id()).orElseThrow();
            EffectivePlan plan = plans.effective(tx, parent);
            List<Account> found = plan.agencyPermission().isEmpty()
                    ? List.of()
                    : accounts.subAccounts(parent.id(), search, after, limit + 1);
            List<Account> shown = found.subList(0, Math.min(limit, found.size()));
            var usage = new UsageStore(tx);
            Map<AccountId, Map<Quota, Long>> used =
                    usage.used(shown.stream().map(Account::id).toList());
            return new Listed(
                    shown.stream()
                            .map(account -> subAccount(account, plan, used.getOrDefault(account.id(), Map.of())))
                            .toList(),
                    new Limits(
                            plan.maxSubAccounts(),
                            usage.used(parent.id(), Quota.SUB_ACCOUNTS),
                            plan.agencyPermission(),
                            plan.packLabel()),
                    found.size() > limit ? Optional.of(shown.getLast().id()) : Optional.empty());
        });
    }

    private static SubAccount subAccount(Account account, EffectivePlan plan, Map<Quota, Long> used) {
        return new SubAccount(
                account, plan.subAccountTier(), used.getOrDefault(Quota.PAGES, 0L), used.getOrDefault(Quota.LINKS, 0L));
    }
}
