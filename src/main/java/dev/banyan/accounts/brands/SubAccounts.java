package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.RecentContextStore;
import dev.banyan.accounts.SubAccountDetails;
import dev.banyan.accounts.SubAccountField;
import dev.banyan.accounts.SubAccountFields;
import dev.banyan.accounts.SubAccountQuery;
import dev.banyan.accounts.SubAccountStates;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.UsageStore;
import dev.banyan.accounts.plans.EffectivePlan;
import dev.banyan.accounts.plans.Plans;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.accounts.settings.Usernames;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Limit;
import dev.banyan.platform.Text;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Refusal;
import jakarta.inject.Singleton;

/// The brands of an agency. All operations act for the context's root account.
@Singleton
public record SubAccounts(
        Database database, Plans plans, Quotas quotas, SubAccountStates states, Audit audit, Clock clock, Uuids uuids) {

    /// A new sub-account. Its `fields` hold a display name.
    public record NewSubAccount(String username, SubAccountFields fields) {

        public NewSubAccount(String username, String displayName, Optional<String> email, Optional<String> bio) {
            this(
                    username,
                    SubAccountFields.NONE
                            .with(SubAccountField.DISPLAY_NAME, displayName)
                            .with(SubAccountField.EMAIL, email)
                            .with(SubAccountField.BIO, bio));
        }
    }

    /// The result of creating a sub-account.
    public sealed interface Created {

        record Done(SubAccount subAccount) implements Created {}

        /// @param free similar names that are available
        record NameTaken(List<String> free) implements Created {}

        /// Forbidden without an agency permission.
        record Refused(Refusal refusal) implements Created {}
    }

    /// Whether a name is available.
    public sealed interface NameCheck {

        record Free(String username) implements NameCheck {}

        /// @param free similar names that are available
        record Taken(String username, List<String> free) implements NameCheck {}

        record Broken(Invalid invalid) implements NameCheck {}
    }

    /// A sub-account with what lists show about it.
    public record SubAccount(Account account, SubAccountDetails details, Tier tier, long pages, long links) {}

    /// One sub-account with everything that its agency can see.
    ///
    /// @param createdBy the e-mail of the person who created it
    public record Described(SubAccount subAccount, Optional<String> createdBy, Limits limits) {}

    /// The current and the maximum number of sub-accounts.
    public record Limits(Limit max, long used, Optional<AgencyPermission> permission, String packLabel) {

        public boolean unlimited() {
            return max.isUnlimited();
        }

        /// Returns how many more there may be.
        public Limit remaining() {
            return max.left(used);
        }

        public boolean full() {
            return max.isFull(used);
        }

        /// Returns "3 of 10", or "3" without a limit.
        public String text() {
            return max.text(used);
        }
    }

    /// @param next where the list continues; empty at its end
    public record Listed(List<SubAccount> subAccounts, Limits limits, Optional<AccountId> next) {}

    private static final int RECENT = 5;

    /// What a new sub-account begins with, written in the transaction of its creation.
    public interface Start {
        void fill(Tx tx, Account account);
    }

    public Created create(AccountContext context, NewSubAccount wanted) {
        return create(context, uuids.nextAccountId(), wanted, (_, _) -> {});
    }

    /// @param id a new one
    public Created create(AccountContext context, AccountId id, NewSubAccount wanted, Start start) {
        List<Invalid> invalid = new ArrayList<>();
        Names.brokenUsername(wanted.username()).ifPresent(invalid::add);
        invalid.addAll(wanted.fields().broken());
        return database.write(tx -> {
            // Locked until the commit: the plan must not shrink, nor the parent end, between the check and the claim.
            Account parent = new AccountStore(tx).lock(context.root().id()).orElseThrow();
            EffectivePlan plan = plans.effective(tx, parent);
            if (parent.status() != AccountStatus.ACTIVE
                    || plan.agencyPermission().isEmpty()) {
                return new Created.Refused(new Refusal.Forbidden());
            }
            return invalid.isEmpty()
                    ? insert(tx, context, parent, plan, id, wanted, start)
                    : new Created.Refused(new Refusal.Rejected(List.copyOf(invalid)));
        });
    }

    private Created insert(
            Tx tx,
            AccountContext context,
            Account parent,
            EffectivePlan plan,
            AccountId id,
            NewSubAccount wanted,
            Start start) {
        var accounts = new AccountStore(tx);
        String username = Names.lower(wanted.username());
        if (Usernames.isTaken(accounts, parent.id(), username)) {
            return new Created.NameTaken(Usernames.freeNamesLike(accounts, parent.id(), username));
        }
        if (quotas.claim(tx, parent.owner(), PlanQuota.SUB_ACCOUNTS, 1) instanceof Quotas.Claim.Exceeded exceeded) {
            return new Created.Refused(new Refusal.LimitReached(exceeded.used(), exceeded.limit()));
        }
        Instant now = clock.instant();
        var account = new Account(
                id,
                Optional.of(parent.id()),
                username,
                Text.clean(wanted.fields().of(SubAccountField.DISPLAY_NAME).orElse("")),
                Optional.empty(),
                Optional.empty(),
                AccountStatus.ACTIVE,
                Optional.empty(),
                Tier.FREE,
                Optional.empty(),
                false,
                false,
                Optional.of(context.identity()),
                now);
        if (!accounts.insert(account, now)) {
            quotas.release(tx, parent.owner(), PlanQuota.SUB_ACCOUNTS, 1);
            return new Created.NameTaken(Usernames.freeNamesLike(accounts, parent.id(), username));
        }
        SubAccountFields more = wanted.fields()
                .changing(SubAccountFields.NONE.with(SubAccountField.DISPLAY_NAME, account.displayName()));
        if (!more.isEmpty()) {
            new SubAccountStore(tx).update(parent.id(), account.id(), more, now);
        }
        new UsageStore(tx).start(account.owner());
        audit.note(tx, context.actor(), account, "SubAccountCreated", Map.of("username", username));
        start.fill(tx, account);
        // A deleted sub-account may have had the name, and visitors may still have its pages.
        states.changed(tx, account);
        return new Created.Done(described(tx, plan, parent.id(), account.id()));
    }

    /// Checks a name by the rules of [#create], before the creation.
    public NameCheck check(AccountContext context, String typed) {
        Optional<Invalid> broken = Names.brokenUsername(typed);
        if (broken.isPresent()) {
            return new NameCheck.Broken(broken.get());
        }
        String username = Names.lower(typed);
        return database.read(tx -> {
            var accounts = new AccountStore(tx);
            AccountId tenant = context.root().id();
            return Usernames.isTaken(accounts, tenant, username)
                    ? new NameCheck.Taken(username, Usernames.freeNamesLike(accounts, tenant, username))
                    : new NameCheck.Free(username);
        });
    }

    /// Returns the sub-accounts that are not deleted, newest first. Managers of listed sub-accounts find only those.
    public Listed list(AccountContext context, String search, Optional<AccountId> after, int limit) {
        return list(context, SubAccountQuery.newest(search, after, limit));
    }

    /// Needs a fixed number of queries, regardless of the number of sub-accounts.
    public Listed list(AccountContext context, SubAccountQuery query) {
        return database.read(tx -> list(tx, context, query));
    }

    Listed list(Tx tx, AccountContext context, SubAccountQuery query) {
        EffectivePlan plan = plan(tx, context);
        SubAccountQuery oneMore = query.atMost(query.limit() + 1);
        List<SubAccountStore.Row> found = rows(tx, context, oneMore);
        List<SubAccountStore.Row> shown = found.subList(0, Math.min(query.limit(), found.size()));
        return new Listed(
                withUsage(tx, plan, shown),
                limits(tx, context, plan),
                found.size() > query.limit()
                        ? Optional.of(shown.getLast().account().id())
                        : Optional.empty());
    }

    /// Returns one page of a query, of those that the person works for, without their usage.
    List<Account> accounts(AccountContext context, SubAccountQuery query) {
        return database.read(tx -> rows(tx, context, query).stream()
                .map(SubAccountStore.Row::account)
                .toList());
    }

    private static List<SubAccountStore.Row> rows(Tx tx, AccountContext context, SubAccountQuery query) {
        AccountId tenant = context.root().id();
        var store = new SubAccountStore(tx);
        return among(tx, context)
                .map(listed -> store.listAmong(tenant, listed, query))
                .orElseGet(() -> store.list(tenant, query));
    }

    /// Returns how many a query finds on all its pages.
    public int count(AccountContext context, SubAccountQuery query) {
        AccountId tenant = context.root().id();
        return database.read(tx -> new SubAccountStore(tx).count(tenant, among(tx, context), query));
    }

    /// Returns the sub-accounts that the person is limited to, if they are.
    private static Optional<List<AccountId>> among(Tx tx, AccountContext context) {
        return context.membership().everything()
                ? Optional.empty()
                : Optional.of(new MembershipStore(tx).listed(context.root().id(), context.identity()));
    }

    /// Returns those of some sub-accounts that are not deleted, in the order of `ids`.
    public List<SubAccount> among(AccountContext context, List<AccountId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return database.read(tx -> withUsage(
                tx,
                plan(tx, context),
                new SubAccountStore(tx)
                                .listAmong(
                                        context.root().id(),
                                        ids,
                                        SubAccountQuery.newest("", Optional.empty(), ids.size()))
                                .stream()
                                .sorted(Comparator.comparing(
                                        row -> ids.indexOf(row.account().id())))
                                .toList()));
    }

    /// Returns the sub-accounts that the person switched to most recently and can still use, newest first.
    public List<SubAccount> recent(AccountContext context) {
        return database.read(tx -> {
            AccountId tenant = context.root().id();
            List<AccountId> recent = new RecentContextStore(tx).list(tenant, context.identity());
            return withUsage(
                    tx,
                    plan(tx, context),
                    new SubAccountStore(tx)
                            .active(tenant, recent).stream()
                                    .sorted(Comparator.comparing(
                                            row -> recent.indexOf(row.account().id())))
                                    .limit(RECENT)
                                    .toList());
        });
    }

    /// Finds one sub-account of the agency, whatever its state.
    ///
    /// @param idOrName its id or its username
    public Optional<Described> find(AccountContext context, String idOrName) {
        return database.read(tx -> {
            AccountId tenant = context.root().id();
            EffectivePlan plan = plan(tx, context);
            return new SubAccountStore(tx)
                    .findNamed(tenant, idOrName)
                    .map(row -> new Described(
                            withUsage(tx, plan, List.of(row)).getFirst(),
                            new SubAccountStore(tx)
                                    .creator(tenant, row.account().id()),
                            limits(tx, context, plan)));
        });
    }

    private EffectivePlan plan(Tx tx, AccountContext context) {
        return plans.effective(tx, context.root().id());
    }

    /// Returns the limits. Managers create no sub-accounts, and managers of listed ones can't learn that there are
    /// others.
    private static Limits limits(Tx tx, AccountContext context, EffectivePlan plan) {
        if (!context.membership().everything()) {
            int listed = new MembershipStore(tx)
                    .listed(context.root().id(), context.identity())
                    .size();
            return new Limits(new Limit(listed), listed, plan.agencyPermission(), plan.packLabel());
        }
        return new Limits(
                plan.subAccountLimit(),
                new UsageStore(tx).used(context.root().id(), PlanQuota.SUB_ACCOUNTS),
                plan.agencyPermission(),
                plan.packLabel());
    }

    private static List<SubAccount> withUsage(Tx tx, EffectivePlan plan, List<SubAccountStore.Row> rows) {
        Map<AccountId, Map<PlanQuota, Long>> used = new UsageStore(tx)
                .used(rows.stream().map(row -> row.account().id()).toList());
        return rows.stream()
                .map(row ->
                        subAccount(row, plan, used.getOrDefault(row.account().id(), Map.of())))
                .toList();
    }

    private static SubAccount subAccount(SubAccountStore.Row row, EffectivePlan plan, Map<PlanQuota, Long> used) {
        return new SubAccount(
                row.account(),
                row.details(),
                plan.subAccountTier(),
                used.getOrDefault(PlanQuota.PAGES, 0L),
                used.getOrDefault(PlanQuota.LINKS, 0L));
    }

    /// Reads the sub-account as it is at this point of a transaction.
    static SubAccount described(Tx tx, EffectivePlan plan, AccountId tenant, AccountId id) {
        return withUsage(
                        tx,
                        plan,
                        List.of(new SubAccountStore(tx).find(tenant, id).orElseThrow()))
                .getFirst();
    }
}
