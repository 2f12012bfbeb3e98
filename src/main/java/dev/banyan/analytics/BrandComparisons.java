package dev.banyan.analytics;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.SubAccountQuery;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.brands.SubAccounts;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.analytics.VisitCounts.Compared;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;

/// Compares the visits of an agency and its brands.
@Singleton
record BrandComparisons(Database database, Analytics analytics, SubAccounts subAccounts, AccountDays days) {

    private static final int AT_ONCE = 500;

    /// The page views of the most visited accounts of an agency, day by day.
    ///
    /// @param others the views of all other accounts
    record BrandDays(List<LocalDate> days, Map<Account, List<Long>> brands, List<Long> others) {}

    /// One of the accounts of an agency.
    ///
    /// @param before the total of the preceding period of the same length; empty if it is not kept
    /// @param compared empty if the preceding period is not kept, or the period is today alone
    record Brand(Account account, VisitCounts tally, Optional<VisitCounts> before, Optional<Compared> compared) {}

    /// @param brands the most visited first
    /// @param before empty if any of them has none; `compared` likewise
    record Brands(
            Tier tier,
            Period period,
            List<Brand> brands,
            VisitCounts total,
            Optional<VisitCounts> before,
            Optional<Compared> compared) {}

    /// Returns the days of the accounts with the most views.
    BrandDays brandDays(AccountContext context, List<Account> most, Period period) {
        AccountId tenant = context.root().id();
        return database.readRecent(tx -> {
            var store = new TenantVisitStore(tx);
            Map<LocalDate, Long> all = store.days(tenant, period.from(), period.until()).stream()
                    .collect(Collectors.toMap(
                            VisitStore.Day::date, day -> day.tally().views()));
            Map<AccountId, Map<LocalDate, Long>> views =
                    store.views(tenant, most.stream().map(Account::id).toList(), period.from(), period.until());
            List<LocalDate> days =
                    period.from().datesUntil(period.until().plusDays(1)).toList();
            var brands = new LinkedHashMap<Account, List<Long>>();
            most.forEach(account -> brands.put(
                    account,
                    days.stream()
                            .map(day ->
                                    views.getOrDefault(account.id(), Map.of()).getOrDefault(day, 0L))
                            .toList()));
            List<Long> others = days.stream()
                    .map(day -> Math.max(
                            0,
                            all.getOrDefault(day, 0L)
                                    - views.values().stream()
                                            .mapToLong(of -> of.getOrDefault(day, 0L))
                                            .sum()))
                    .toList();
            return new BrandDays(days, Collections.unmodifiableMap(brands), others);
        });
    }

    /// Returns an agency and its brands for comparison.
    Brands brands(AccountContext context, BiFunction<Tier, LocalDate, Period> asked) {
        AccountContext agency = context.ofRoot();
        List<Account> accounts = accounts(agency);
        Tier tier = analytics.tier(agency.owner());
        // All sub-accounts of an agency have the same tier, which may differ from the agency's.
        Tier ofSubAccounts = accounts.stream()
                .filter(Account::isSubAccount)
                .findFirst()
                .map(account -> analytics.tier(account.owner()))
                .orElse(tier);
        return database.readRecent(tx -> {
            LocalDate now = days.today(tx, agency.root().id());
            Period period = asked.apply(tier, now);
            var store = new VisitStore(tx);
            Map<AccountId, VisitCounts> sums = sums(store, agency, accounts, period);
            boolean compared = period.isBeforeKept(tier, now);
            boolean subAccountsCompared = period.isBeforeKept(ofSubAccounts, now);
            Map<AccountId, VisitCounts> before =
                    compared || subAccountsCompared ? sums(store, agency, accounts, period.before()) : Map.of();
            Optional<Period> full = period.fullDays(now);
            // What is not compared: today, and the first day of as many days before.
            boolean today = full.filter(whole -> !whole.equals(period)).isPresent();
            Map<AccountId, VisitCounts> todays =
                    today ? sums(store, agency, accounts, new Period(period.until(), period.until())) : Map.of();
            LocalDate first = period.before().from();
            Map<AccountId, VisitCounts> firsts =
                    today && !before.isEmpty() ? sums(store, agency, accounts, new Period(first, first)) : Map.of();
            List<Brand> brands = accounts.stream()
                    .map(account -> {
                        VisitCounts tally = sums.getOrDefault(account.id(), VisitCounts.NOTHING);
                        Optional<VisitCounts> earlier = (account.isSubAccount() ? subAccountsCompared : compared)
                                ? Optional.of(before.getOrDefault(account.id(), VisitCounts.NOTHING))
                                : Optional.empty();
                        return new Brand(
                                account,
                                tally,
                                earlier,
                                earlier.filter(_ -> full.isPresent())
                                        .map(all -> new Compared(
                                                tally.minus(todays.getOrDefault(account.id(), VisitCounts.NOTHING)),
                                                all.minus(firsts.getOrDefault(account.id(), VisitCounts.NOTHING)))));
                    })
                    .sorted((one, other) ->
                            Long.compare(other.tally().views(), one.tally().views()))
                    .toList();
            return new Brands(
                    tier,
                    period,
                    brands,
                    brands.stream().map(Brand::tally).reduce(VisitCounts.NOTHING, VisitCounts::plus),
                    compared && subAccountsCompared
                            ? Optional.of(brands.stream()
                                    .flatMap(brand -> brand.before().stream())
                                    .reduce(VisitCounts.NOTHING, VisitCounts::plus))
                            : Optional.empty(),
                    compared && subAccountsCompared && full.isPresent()
                            ? Optional.of(brands.stream()
                                    .flatMap(brand -> brand.compared().stream())
                                    .reduce(Compared.NOTHING, Compared::plus))
                            : Optional.empty());
        });
    }

    private static Map<AccountId, VisitCounts> sums(
            VisitStore store, AccountContext agency, List<Account> accounts, Period period) {
        AccountId tenant = agency.root().id();
        List<AccountId> ids = accounts.stream().map(Account::id).toList();
        Map<AccountId, VisitCounts> sums =
                new HashMap<>(store.accounts(tenant, ids, Subject.PAGES, period.from(), period.until()));
        store.accounts(tenant, ids, Subject.SHORT_LINKS, period.from(), period.until())
                .forEach((id, tally) -> sums.merge(id, tally.ofShortLinks(), VisitCounts::plus));
        return sums;
    }

    /// Returns whether there is anything to compare.
    boolean hasBrands(AccountContext agency) {
        return !subAccounts.list(agency, "", Optional.empty(), 1).subAccounts().isEmpty();
    }

    /// Returns the agency and all its sub-accounts that are not deleted.
    List<Account> accounts(AccountContext agency) {
        var accounts = new ArrayList<Account>();
        accounts.add(agency.root());
        Optional<AccountId> after = Optional.empty();
        do {
            var listed = subAccounts.list(agency, SubAccountQuery.newest("", after, AT_ONCE));
            listed.subAccounts().forEach(brand -> accounts.add(brand.account()));
            after = listed.next();
        } while (after.isPresent());
        return accounts;
    }
}
