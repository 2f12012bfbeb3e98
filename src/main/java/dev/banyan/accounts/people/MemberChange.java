package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.MemberRights;
import dev.banyan.accounts.MemberRole;
import dev.banyan.accounts.MemberScope;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;

/// The requested rights of a member. Absent fields stay as they are, so that leaving something out never extends
/// rights.
///
/// @param everything false for a manager of `subAccounts` only
/// @param subAccounts ids or usernames
/// @param workspaces an owner who becomes a manager loses this right unless it is requested
/// @param readOnly whether a manager only looks on, and then has no workspaces
public record MemberChange(
        Optional<MemberRole> role,
        Optional<Boolean> everything,
        Optional<List<String>> subAccounts,
        Optional<Boolean> workspaces,
        Optional<Boolean> readOnly) {

    static final MemberChange NONE =
            new MemberChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /// Returns a change with all fields set, as forms send it; for an owner only the role counts.
    public static MemberChange to(MemberRole role, boolean everything, List<String> subAccounts, boolean workspaces) {
        return role == MemberRole.OWNER
                ? new MemberChange(
                        Optional.of(role), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())
                : ofManager(everything, subAccounts, workspaces, false);
    }

    /// Returns the change that a form sends for a member who sees what a manager sees, and changes nothing.
    static MemberChange toViewer(boolean everything, List<String> subAccounts) {
        return ofManager(everything, subAccounts, false, true);
    }

    private static MemberChange ofManager(
            boolean everything, List<String> subAccounts, boolean workspaces, boolean readOnly) {
        return new MemberChange(
                Optional.of(MemberRole.MANAGER),
                Optional.of(everything),
                everything ? Optional.empty() : Optional.of(subAccounts),
                Optional.of(workspaces),
                Optional.of(readOnly));
    }

    Outcome<MemberRights> applyTo(Tx tx, AccountId tenant, MemberRights now) {
        if (role.orElse(now.role()) == MemberRole.OWNER) {
            return ofOwner();
        }
        boolean looksOn = readOnly.orElse(now.readOnly());
        if (looksOn && workspaces.equals(Optional.of(true))) {
            return bad(
                    "workspaces",
                    "Members who are readOnly have no access to workspaces: leave out workspaces",
                    "Viewers can’t have access to workspaces.");
        }
        boolean added = !looksOn && workspaces.orElse(now.role() == MemberRole.MANAGER && now.workspaces());
        if (everything.orElse(now.scope().everything())) {
            return subAccounts.isPresent()
                    ? bad("subAccounts", "subAccounts needs the scope listed: leave it out, or send scope listed")
                    : Outcome.done(new MemberRights(MemberRole.MANAGER, MemberScope.ALL, added, looksOn));
        }
        if (subAccounts.isEmpty() && !now.scope().everything()) {
            return Outcome.done(new MemberRights(MemberRole.MANAGER, now.scope(), added, looksOn));
        }
        return listed(tx, tenant, subAccounts.orElse(List.of()))
                .map(scope -> new MemberRights(MemberRole.MANAGER, scope, added, looksOn));
    }

    private Outcome<MemberRights> ofOwner() {
        if (everything.equals(Optional.of(false)) || subAccounts.isPresent()) {
            return bad("scope", "Owners have access to everything: leave out scope and subAccounts");
        }
        if (readOnly.equals(Optional.of(true))) {
            return bad("readOnly", "Owners can change everything: leave out readOnly");
        }
        return workspaces.equals(Optional.of(false))
                ? bad("workspaces", "Owners always have access to workspaces: leave out workspaces")
                : Outcome.done(MemberRights.OWNER);
    }

    private static Outcome<MemberScope> listed(Tx tx, AccountId tenant, Collection<String> subAccounts) {
        var names = new TreeSet<String>();
        subAccounts.forEach(name -> names.add(Names.lower(name)));
        if (names.isEmpty()) {
            return bad("subAccounts", "Choose at least one sub-account", "Choose at least one brand.");
        }
        if (names.size() > MemberScope.LISTED_AT_MOST) {
            return bad(
                    "subAccounts",
                    "Choose at most " + MemberScope.LISTED_AT_MOST + " sub-accounts, or all of them",
                    "Choose at most " + MemberScope.LISTED_AT_MOST + " brands, or give access to everything.");
        }
        List<Account> found = new SubAccountStore(tx)
                .named(tenant, names).stream().map(SubAccountStore.Row::account).toList();
        Set<AccountId> ids = new HashSet<>();
        found.forEach(account -> {
            ids.add(account.id());
            names.remove(account.username());
            names.remove(account.id().toString());
        });
        return names.isEmpty()
                ? Outcome.done(MemberScope.listed(ids))
                : bad(
                        "subAccounts",
                        "There is no sub-account “" + names.first() + "”",
                        "None of your brands is called “" + names.first() + "”. Check the spelling.");
    }

    private static <T> Outcome<T> bad(String field, String rule) {
        return bad(field, rule, rule);
    }

    private static <T> Outcome<T> bad(String field, String apiMessage, String userMessage) {
        return Outcome.rejected(new Invalid(field, apiMessage, userMessage));
    }
}
