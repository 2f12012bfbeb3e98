package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.SubAccountDetails;
import dev.banyan.accounts.SubAccountFields;
import dev.banyan.accounts.brands.SubAccounts.Described;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.ManagedPage;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.accounts.plans.PackUpgrade;
import dev.banyan.platform.Limit;
import dev.banyan.platform.config.PlanSettings;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.ErrorPages;
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
final class SubAccountPages {

    static final FormProblem NO_PERMISSION =
            new FormProblem("This account has no agency permission.", "Brands are available with Agency permissions.");

    private final AccountGuard acting;
    private final Accounts accounts;
    private final SubAccounts subAccounts;
    private final PageFrames shells;
    private final ErrorPages errorPages;
    private final Settings settings;
    private final Clock clock;

    SubAccountPages(
            AccountGuard acting,
            Accounts accounts,
            SubAccounts subAccounts,
            PageFrames shells,
            ErrorPages errorPages,
            Settings settings,
            Clock clock) {
        this.acting = acting;
        this.accounts = accounts;
        this.subAccounts = subAccounts;
        this.shells = shells;
        this.errorPages = errorPages;
        this.settings = settings;
        this.clock = clock;
    }

    /// Shows a page about a sub-account. A context of a sub-account can't manage others.
    ///
    /// @param as the account that a form was drawn for; empty for a link, which names it in its query
    Response on(Call call, String as, String idOrName, BiFunction<AccountContext, Described, Response> work) {
        return acting.page(
                call,
                Optional.of(as),
                context -> context.isSubAccount()
                        ? Html.answer(403, new ManagedPage(shells.of(call, context, NavItem.BRANDS, "Brands")))
                        : subAccounts
                                .find(context, idOrName)
                                .map(found -> work.apply(context, found))
                                .orElseGet(() -> unknown(call)));
    }

    Response unknown(Call call) {
        return errorPages.answer(
                call,
                404,
                "Brand not found",
                "It may have been deleted, or another account manages it. Go back to your brands.");
    }

    /// Returns the path of the list after an action, which a toast names; `subAccount` is selected.
    static String path(AccountContext context, String done, String subAccount) {
        return "/admin/brands?as=" + context.root().username() + "&done=" + done + "#" + subAccount;
    }

    /// Redirects to the list, which shows what was done.
    Response done(Call call, AccountContext context, Described found, String done) {
        return Html.seeOther(
                call, path(context, done, "sub-" + found.subAccount().account().username()));
    }

    /// Shows the current state, and why nothing was done.
    Response refused(Call call, AccountContext context, Described found, FormProblem problem) {
        return subAccounts
                .find(context, found.subAccount().account().id().toString())
                .map(now -> Html.invalid(drawer(
                        call,
                        context,
                        now,
                        now.subAccount().details().fields(),
                        FieldErrors.NONE,
                        Optional.of(problem),
                        true)))
                .orElseGet(() -> unknown(call));
    }

    SubAccountCard card(Described found) {
        return SubAccountCard.of(found.subAccount(), clock.instant());
    }

    SubAccountPage drawer(
            Call call,
            AccountContext context,
            Described found,
            SubAccountFields values,
            FieldErrors errors,
            Optional<FormProblem> problem,
            boolean upgrade) {
        var subAccount = found.subAccount();
        SubAccountCard card = card(found);
        SubAccountDetails details = subAccount.details();
        PageFrame shell = shells.of(call, context, NavItem.BRANDS, card.displayName());
        return new SubAccountPage(
                shell,
                card,
                new SubAccountPage.Facts(
                        usage(subAccount.pages(), subAccount.tier().limit(PlanQuota.PAGES)),
                        usage(subAccount.links(), subAccount.tier().limit(PlanQuota.LINKS)),
                        Words.day(subAccount.account().createdAt()),
                        found.createdBy(),
                        details.suspendedAt().map(Words::day),
                        details.suspendedByPlan(),
                        details.deletedAt().map(Words::day)),
                values,
                errors,
                problem,
                upgrade ? Optional.of(PackUpgrade.of(accounts, context, shell)) : Optional.empty(),
                settings.publicHost(),
                context.membership().isOwner(),
                call.isHtmx());
    }

    /// Returns the usage. If all share one limit, the share of a single sub-account means nothing.
    private Usage usage(long used, Limit limit) {
        boolean shared = settings.plans().quota() == PlanSettings.Quota.SHARED;
        return new Usage(used, shared ? Limit.UNLIMITED : limit);
    }
}
