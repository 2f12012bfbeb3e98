package dev.banyan.accounts.audit;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.AuditEntry;
import dev.banyan.platform.audit.AuditFilter;
import dev.banyan.platform.audit.AuditLog;
import jakarta.inject.Singleton;

/// The latest acts in an account, as sentences for its dashboard.
@Singleton
public record RecentActs(AuditLog log, AuditNames names) {

    /// Acts that change nothing and would push the others out.
    private static final Set<String> NOT_SHOWN = Set.of("AccessDenied", "ContextSwitched");
    private static final int READ_PER_SHOWN = 5;

    /// One act.
    ///
    /// @param what a sentence, such as "Created the page “menu”"
    /// @param who an e-mail, or words
    /// @param account the username of the account that it is about; empty if it is the one shown
    public record Act(Instant at, String what, String who, Optional<String> account) {}

    /// Returns the newest first: in a root account also those of its brands, in a brand its own. Only owners see the
    /// audit log, so it is empty for managers.
    public List<Act> of(AccountContext context, int most) {
        if (!context.membership().isOwner()) {
            return List.of();
        }
        AccountId tenant = context.root().id();
        var filter = new AuditFilter(
                Optional.empty(),
                context.isSubAccount() ? Optional.of(List.of(context.acting().id())) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
        List<AuditEntry> entries =
                log.ofTenant(tenant, filter, Optional.empty(), most * READ_PER_SHOWN).entries().stream()
                        .filter(entry -> !NOT_SHOWN.contains(entry.action()))
                        .limit(most)
                        .toList();
        AuditNames.Named named = names.of(tenant, entries);
        return entries.stream()
                .map(entry -> new Act(
                        entry.at(),
                        entry.sentence(),
                        named.who(entry),
                        named.account(entry)
                                .filter(account ->
                                        !account.equals(context.acting().username()))))
                .toList();
    }
}
