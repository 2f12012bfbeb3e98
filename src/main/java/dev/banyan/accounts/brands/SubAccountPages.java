package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.SubAccountDetails;
import dev.banyan.accounts.SubAccountFields;
import dev.banyan.accounts.brands.SubAccounts.Described;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.domains.Domains;
import dev.banyan.accounts.plans.PackUpgrade;
import dev.banyan.accounts.settings.Usernames;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Language;
import dev.banyan.platform.Limit;
import dev.banyan.platform.config.PlanSettings;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/// What the pages about one sub-account share: who may see them, and the sub-account's state.
@Singleton
record SubAccountPages(Accounts accounts, SubAccounts subAccounts, Domains domains, Settings settings, Clock clock) {

    static final FormProblem NO_PERMISSION =
            new FormProblem("This account has no agency permission.", "Brands are available with Agency permissions.");

    /// Returns the sub-account that a page is about. A context of a sub-account can't manage others.
    ///
    /// @throws EarlyAnswer if it isn't one of the account's
    Described find(AccountPage page, String idOrName) {
        page.refuseSubAccounts(NavItem.BRANDS, "Brands");
        return subAccounts.find(page.context(), idOrName).orElseThrow(() -> unknown(page));
    }

    static EarlyAnswer unknown(AccountPage page) {
        return page.refused(
                404,
                "Brand not found",
                "It may have been deleted, or another account manages it. Go back to your brands.");
    }

    /// Returns the path of the list after an action, which a toast names; `subAccount` is selected.
    static String path(AccountContext context, String done, String subAccount) {
        return "/admin/brands?as=" + context.root().username() + "&done=" + done + "#" + subAccount;
    }

    /// Redirects to the list, which shows what was done.
    static Response done(AccountPage page, Described found, String done) {
        return done(page, found.subAccount().account(), done);
    }

    static Response done(AccountPage page, Account account, String done) {
        return Html.seeOther(page.call(), path(page.context(), done, "sub-" + account.username()));
    }

    /// Shows the current state, and why nothing was done.
    Response refused(AccountPage page, Described found, FormProblem problem) {
        Described now = find(page, found.subAccount().account().id().toString());
        return Html.invalid(
                drawer(page, now, now.subAccount().details().fields(), FieldErrors.NONE, Optional.of(problem), true));
    }

    List<String> addresses(Described found) {
        return domains.addressesOf(found.subAccount().account());
    }

    SubAccountCard card(Described found) {
        return SubAccountCard.of(found.subAccount(), clock.instant());
    }

    SubAccountPage drawer(
            AccountPage page,
            Described found,
            SubAccountFields values,
            FieldErrors errors,
            Optional<FormProblem> problem,
            boolean upgrade) {
        String username = found.subAccount().account().username();
        return drawer(
                page, found, values, new SubAccountPage.Username(username, Optional.empty()), errors, problem, upgrade);
    }

    /// Shows what was typed, and what a change of the address means.
    Response unsaved(AccountPage page, Described found, SubAccountForm typed, List<Invalid> invalid) {
        String username =
                typed.username.orElse(found.subAccount().account().username()).strip();
        Optional<String> until =
                invalid.isEmpty() ? Optional.of(Words.day(clock.instant().plus(Usernames.LEADS_ON))) : Optional.empty();
        return Html.invalid(drawer(
                page,
                found,
                typed.fields(),
                new SubAccountPage.Username(until.isPresent() ? Names.lower(username) : username, until),
                FieldErrors.from(invalid),
                Optional.empty(),
                false));
    }

    private SubAccountPage drawer(
            AccountPage page,
            Described found,
            SubAccountFields values,
            SubAccountPage.Username username,
            FieldErrors errors,
            Optional<FormProblem> problem,
            boolean upgrade) {
        var subAccount = found.subAccount();
        SubAccountCard card = card(found);
        SubAccountDetails details = subAccount.details();
        PageFrame shell = page.frame(NavItem.BRANDS, card.displayName());
        return new SubAccountPage(
                shell,
                card,
                new SubAccountPage.Facts(
                        usage(subAccount.pages(), subAccount.tier().limit(PlanQuota.PAGES)),
                        usage(subAccount.links(), subAccount.tier().limit(PlanQuota.LINKS)),
                        Words.dayTime(subAccount.account().createdAt()),
                        found.createdBy(),
                        details.suspendedAt().map(Words::day),
                        details.suspendedByPlan(),
                        details.deletedAt().map(Words::day),
                        domains.hostsOf(subAccount.account().owner()).home()),
                values,
                List.of(Language.values()),
                username,
                errors,
                problem,
                upgrade ? Optional.of(PackUpgrade.of(accounts, page.context(), shell)) : Optional.empty(),
                settings.publicHost(),
                page.context().membership().isOwner(),
                page.isHtmx());
    }

    /// Returns the usage. If all share one limit, the share of a single sub-account means nothing.
    private Usage usage(long used, Limit limit) {
        boolean shared = settings.plans().quota() == PlanSettings.Quota.SHARED;
        return new Usage(used, shared ? Limit.UNLIMITED : limit);
    }
}
