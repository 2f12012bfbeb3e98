package dev.banyan.accounts.moves;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.UsageStore;
import dev.banyan.accounts.domains.Domains;
import dev.banyan.accounts.plans.EffectivePlan;
import dev.banyan.accounts.plans.GracePeriod;
import dev.banyan.accounts.plans.Plans;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Limit;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.TenantRows;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.page.Words;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Says beforehand what a move takes along, what is flagged there, and what prevents it.
@Singleton
record MovePlans(Plans plans, @All List<MovePart> parts) {

    private static final Map<PlanQuota, String> WORDS = Map.of(
            PlanQuota.PAGES, "pages",
            PlanQuota.LINKS, "links",
            PlanQuota.LINK_GROUPS, "link groups",
            PlanQuota.SHORT_LINKS, "short links");

    /// @param to the agency that gets it; empty for a conversion
    MovePlan of(Tx tx, Account account, Optional<Account> to, String receiver) {
        Owner owner = account.owner();
        AccountId tenant = to.map(Account::id).orElse(account.id());
        var rows = new TenantRows(tx, owner, tenant);
        TenantRows.Numbers numbers = rows.numbers();
        Map<String, Long> moves = rows.counts();
        moves.put("numbers", (long) numbers.senders().size());
        return new MovePlan(
                receiver,
                moves,
                flagged(tx, owner, to),
                numbers.staying().entrySet().stream()
                        .map(pool -> "The pool of " + pool.getKey() + " stays: " + pool.getValue() + ".")
                        .sorted()
                        .toList(),
                ends(tx, owner, tenant, rows),
                parts.stream()
                        .flatMap(part -> part.review(tx, owner, numbers).stream())
                        .toList(),
                obstacles(tx, account, to, tenant, rows.isSending(numbers)));
    }

    /// Says what of the former side ends. Each table of which rows end has a sentence.
    private List<String> ends(Tx tx, Owner owner, AccountId to, TenantRows rows) {
        var ends = new ArrayList<String>();
        rows.ending().forEach((table, count) -> ending(table, count).ifPresent(ends::add));
        parts.forEach(part -> ends.addAll(part.ends(tx, owner, to)));
        return ends;
    }

    private static Optional<String> ending(String table, long count) {
        return switch (table) {
            case "workspace_api_keys" -> Optional.of(counted(count, "API key") + " of its workspaces: deleted.");
            case "workspace_invitations" ->
                Optional.of(counted(count, "open invitation or password link") + ": canceled.");
            case "workspace_registrations" -> Optional.of(counted(count, "registration") + " that wait: canceled.");
            case "workspace_mail_servers" ->
                Optional.of(counted(count, "mail server") + " of its workspaces: removed.");
            case "workspace_sessions" -> Optional.of(counted(count, "session") + " of workspace users: signed out.");
            case "workspace_sso" ->
                Optional.of("Single sign-on of " + counted(count, "workspace") + ": removed with its links to users.");
            case "assistants" ->
                Optional.of("Language model of " + counted(count, "assistant")
                        + ": disconnected. They answer by their rules.");
            case "webhook_endpoints" -> Optional.of(counted(count, "webhook") + ": switched off.");
            case "account_exports" ->
                Optional.of(counted(count, "export") + " of the former agency with its content: deleted.");
            default -> Optional.empty(); // goes with one of the others
        };
    }

    private static String counted(long count, String word) {
        return Words.count(count, word, word + "s");
    }

    private List<String> flagged(Tx tx, Owner owner, Optional<Account> to) {
        EffectivePlan plan =
                to.map(agency -> plans.effective(tx, agency)).orElseGet(() -> plans.of(plans.ofNewAccount()));
        Tier tier = to.map(agency -> plan.tierOf(new Owner(agency.id(), owner.account())))
                .orElseGet(plan::tier);
        Map<PlanQuota, Long> used =
                new UsageStore(tx).used(List.of(owner.account())).getOrDefault(owner.account(), Map.of());
        var flagged = new ArrayList<String>();
        for (PlanQuota quota : PlanQuota.values()) {
            Limit limit = quota.isSummed() ? tier.limit(quota) : Limit.UNLIMITED;
            if (!limit.fits(used.getOrDefault(quota, 0L))) {
                flagged.add("The plan there has room for " + limit.text() + " of " + used.get(quota) + " "
                        + WORDS.get(quota) + "; the others are kept and flagged.");
            }
        }
        List<String> hosts = tier.has(Feature.CUSTOM_DOMAIN) ? List.of() : Domains.included(tx, owner);
        if (!hosts.isEmpty()) {
            flagged.add("The plan there doesn’t include custom domains: " + String.join(", ", hosts)
                    + (hosts.size() == 1 ? " stops" : " stop") + " working " + GracePeriod.LENGTH.toDays()
                    + " days after the move, unless the plan includes them by then.");
        }
        return flagged;
    }

    private List<String> obstacles(Tx tx, Account account, Optional<Account> to, AccountId tenant, boolean sending) {
        var obstacles = new ArrayList<String>();
        if (account.status() != AccountStatus.ACTIVE) {
            obstacles.add("Only an active brand can move. Its agency has to reactivate or restore it first.");
        }
        to.ifPresent(agency -> {
            EffectivePlan plan = plans.effective(tx, agency);
            boolean isFull =
                    plan.subAccountLimit().isFull(new UsageStore(tx).used(agency.id(), PlanQuota.SUB_ACCOUNTS));
            if (agency.status() != AccountStatus.ACTIVE || isFull) {
                obstacles.add("@" + agency.username() + " has no room for another brand.");
            }
        });
        if (sending) {
            obstacles.add("A message of its numbers is being sent. Try again in a minute.");
        }
        parts.forEach(part -> obstacles.addAll(part.obstacles(tx, account.owner(), tenant)));
        return obstacles;
    }
}
