package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.ManagedAccount;
import dev.banyan.accounts.MemberRole;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.Role;
import dev.banyan.accounts.SubAccountField;
import dev.banyan.accounts.SubAccountQuery;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.accounts.UsageStore;
import dev.banyan.accounts.plans.EffectivePlan;
import dev.banyan.accounts.plans.Plans;
import dev.banyan.accounts.signin.factors.SecondFactor;
import dev.banyan.accounts.signin.factors.SecondFactorStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Builds what the API calls a user: an identity, its home account, that account's plan and sub-accounts.
@Singleton
public record Users(Database database, Plans plans, Clock clock) {

    private static final int SUB_ACCOUNTS_AT_MOST = 1_000;

    private record ViewOf(IdentityId person, Instant second) {}

    public UserView view(IdentityId id) {
        var question = new ViewOf(id, clock.instant().truncatedTo(ChronoUnit.SECONDS));
        return database.read(tx -> tx.once(question, asked -> view(tx, asked.person())));
    }

    private UserView view(Tx tx, IdentityId id) {
        var accounts = new AccountStore(tx);
        IdentityStore.Person person = new IdentityStore(tx).findPerson(id).orElseThrow();
        SecondFactor factor = new SecondFactorStore(tx).find(id);
        Optional<Account> home = person.home().flatMap(accounts::find);
        EffectivePlan plan = home.map(account -> plans.effective(tx, account)).orElseGet(() -> plans.of(Plan.FREE));
        Role role = person.operatorOnly()
                ? Role.OPERATOR
                : plan.agencyPermission().isPresent() ? Role.AGENCY_ADMIN : Role.USER;
        Set<Role> roles = person.operator() ? EnumSet.of(role, Role.OPERATOR) : EnumSet.of(role);
        List<SubAccountStore.Row> subAccounts = home.filter(
                        _ -> plan.agencyPermission().isPresent())
                .map(account -> new SubAccountStore(tx)
                        .list(account.id(), SubAccountQuery.newest("", Optional.empty(), SUB_ACCOUNTS_AT_MOST)))
                .orElse(List.of());
        Map<AccountId, Map<PlanQuota, Long>> used = new UsageStore(tx)
                .used(Stream.concat(home.stream(), subAccounts.stream().map(SubAccountStore.Row::account))
                        .map(Account::id)
                        .toList());
        return new UserView(
                home.map(account -> account.id().toString()).orElseGet(id::toString),
                person.identity().email(),
                home.map(Account::username).orElseGet(() -> person.identity().email()),
                role.key(),
                roles.stream().map(Role::key).toList(),
                home.isEmpty() && role == Role.USER
                        ? Role.WITHOUT_ACCOUNT
                        : roles.stream()
                                .flatMap(each -> each.permissions().stream())
                                .distinct()
                                .toList(),
                managements(tx, id),
                subAccounts.stream()
                        .map(row -> entry(row, used.getOrDefault(row.account().id(), Map.of())))
                        .toList(),
                plan.tier().key(),
                person.identity().emailConfirmed(),
                factor.isOn(),
                factor.email(),
                factor.totp(),
                false,
                false,
                plan.agencyPermission().map(AgencyPermission::key),
                (int) plan.packSize().number(),
                home.map(account -> used.getOrDefault(account.id(), Map.of()).getOrDefault(PlanQuota.SUB_ACCOUNTS, 0L))
                        .orElse(0L));
    }

    private List<UserView.ManagementEntry> managements(Tx tx, IdentityId id) {
        List<ManagedAccount> managed = ManagedAccount.by(tx, id);
        Map<AccountId, EffectivePlan> planned = plans.effective(
                tx, managed.stream().map(ManagedAccount::root).distinct().toList());
        return withBrands(tx, id, managed).stream()
                .map(one -> management(one, planned.getOrDefault(one.root().id(), plans.of(Plan.FREE))))
                .toList();
    }

    /// Adds the sub-accounts. People who work for a whole account may also act for each of its sub-accounts, and the
    /// client can only choose what is listed (contract 1.3 and 2.0).
    private static List<ManagedAccount> withBrands(Tx tx, IdentityId person, List<ManagedAccount> managed) {
        if (managed.stream().map(ManagedAccount::account).allMatch(Account::isSubAccount)) {
            return managed;
        }
        Map<AccountId, List<Account>> brands = new AccountStore(tx)
                .subAccountsOfWorker(person, SUB_ACCOUNTS_AT_MOST).stream()
                        .collect(Collectors.groupingBy(brand -> brand.owner().tenant()));
        return managed.stream()
                .flatMap(one -> Stream.concat(
                        Stream.of(one),
                        brands.getOrDefault(one.account().id(), List.of()).stream()
                                .map(brand -> new ManagedAccount(brand, one.root(), one.membership(), one.since()))))
                .toList();
    }

    private static UserView.ManagementEntry management(ManagedAccount managed, EffectivePlan plan) {
        Account account = managed.account();
        // Permissions that sub-accounts don't have (people, plan, keys) are left out for everyone who acts for one.
        Role role = switch (account.isSubAccount()
                ? MemberRole.MANAGER
                : managed.membership().role()) {
            case OWNER -> plan.agencyPermission().isPresent() ? Role.AGENCY_ADMIN : Role.USER;
            case MANAGER -> Role.USER_MANAGER;
        };
        return new UserView.ManagementEntry(
                account.id(),
                account.displayName(),
                account.email().orElse(""),
                role.key(),
                "accepted",
                "manager",
                managed.membership().workspaces() && role == Role.USER_MANAGER
                        ? Stream.concat(role.permissions().stream(), Stream.of(Membership.WORKSPACES))
                                .toList()
                        : role.permissions(),
                (account.isSubAccount() ? plan.subAccountTier() : plan.tier()).key(),
                managed.since(),
                managed.since());
    }

    private static UserView.SubAccountEntry entry(SubAccountStore.Row row, Map<PlanQuota, Long> used) {
        Account account = row.account();
        return new UserView.SubAccountEntry(
                account.id(),
                account.id(),
                account.username(),
                account.displayName(),
                Role.SUB_ACCOUNT.key(),
                Role.SUB_ACCOUNT.permissions(),
                row.details().fields().of(SubAccountField.TYPE).orElseThrow(),
                account.status().key(),
                account.status() != AccountStatus.ACTIVE,
                account.createdAt(),
                used.getOrDefault(PlanQuota.PAGES, 0L),
                used.getOrDefault(PlanQuota.LINKS, 0L));
    }
}
