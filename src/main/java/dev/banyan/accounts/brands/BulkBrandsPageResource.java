package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.brands.BrandBatches.Act;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.ManagedPage;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Acts on the brands that were selected in the list: a page asks and names them, then a report says what was done.
@Path("/admin/brands/bulk")
@RunOnVirtualThread
class BulkBrandsPageResource {

    private static final int NAMES_SHOWN = 20;
    private static final List<Choice> RECIPIENTS = List.of(
            new Choice("parent", "You"),
            new Choice("subaccount", "The email of the brand"),
            new Choice("both", "Both"),
            new Choice("", "Server default"));

    private final AccountGuard acting;
    private final BrandBatches batches;
    private final PageFrames shells;
    private final ErrorPages errorPages;

    BulkBrandsPageResource(AccountGuard acting, BrandBatches batches, PageFrames shells, ErrorPages errorPages) {
        this.acting = acting;
        this.batches = batches;
        this.shells = shells;
        this.errorPages = errorPages;
    }

    private Response on(Call call, BulkBrandsForm form, Function<AccountContext, Response> work) {
        return acting.page(
                call,
                Optional.of(form.as),
                context -> context.isSubAccount()
                        ? Html.answer(403, new ManagedPage(shells.of(call, context, NavItem.BRANDS, "Brands")))
                        : work.apply(context));
    }

    private List<Account> chosen(AccountContext context, BulkBrandsForm form) {
        return form.isAll()
                ? batches.matching(
                        context, form.filter(context.root().username()).query(Optional.empty(), BrandBatches.MOST))
                : batches.chosen(context, form.brands);
    }

    @POST
    public Response ask(@Context Call call, @BeanParam BulkBrandsForm form) {
        return on(call, form, context -> {
            List<Account> chosen = chosen(context, form);
            if (chosen.isEmpty()) {
                return Html.invalid(report(
                        call,
                        context,
                        form,
                        new BulkReport("warn", "No brands selected. Select at least one and try again.", List.of())));
            }
            return switch (form.action) {
                case "suspend", "activate", "label", "notices" -> Html.ok(page(call, context, form, chosen, ""));
                case "look" -> Html.seeOther(call, looks(context, form, chosen));
                default -> errorPages.answer(call, 404, "Action not found", "Go back to your brands and try again.");
            };
        });
    }

    private static String looks(AccountContext context, BulkBrandsForm form, List<Account> chosen) {
        var path = new StringBuilder("/admin/brands/looks?as=" + context.root().username());
        if (form.isAll()) {
            form.chosenBy()
                    .forEach(hidden -> path.append('&')
                            .append(hidden.value())
                            .append('=')
                            .append(URLEncoder.encode(hidden.label(), StandardCharsets.UTF_8)));
        } else {
            chosen.forEach(account -> path.append("&brand=").append(account.username()));
        }
        return path.toString();
    }

    private BulkBrandsPage page(
            Call call, AccountContext context, BulkBrandsForm form, List<Account> chosen, String error) {
        String number = Words.count(chosen.size(), "brand", "brands");
        String title = title(form.action, number);
        return new BulkBrandsPage(
                shells.of(call, context, NavItem.BRANDS, title),
                form.action,
                title + "?",
                sentence(form.action),
                title,
                form.chosenBy(),
                chosen.stream()
                        .limit(NAMES_SHOWN)
                        .map(account -> new BulkBrandsPage.Name(account.username(), account.displayName()))
                        .toList(),
                Math.max(0, chosen.size() - NAMES_SHOWN),
                form.value,
                error,
                form.action.equals("label") ? batches.labels(context) : List.of(),
                RECIPIENTS,
                form.filter(context.root().username()).href());
    }

    private static String title(String action, String number) {
        return switch (action) {
            case "suspend" -> "Suspend " + number;
            case "activate" -> "Activate " + number;
            case "label" -> "Label " + number;
            default -> "Change notices of " + number;
        };
    }

    private static String sentence(String action) {
        return switch (action) {
            case "suspend" ->
                "Visitors see that their pages are temporarily unavailable, and their workspaces close. They still count"
                        + " toward your limit. You can activate them at any time.";
            case "activate" -> "Their pages and workspaces come back online.";
            case "label" -> "The label replaces the one they have. Only your team sees it.";
            default -> "Choose who gets emails about their plan: limits, suspensions and deletions.";
        };
    }

    @POST
    @Path("run")
    public Response run(@Context Call call, @BeanParam BulkBrandsForm form) {
        return on(call, form, context -> {
            Optional<Act> act = act(form);
            if (act.isEmpty()) {
                return errorPages.answer(call, 404, "Action not found", "Go back to your brands and try again.");
            }
            List<Account> chosen = chosen(context, form);
            Optional<Invalid> invalid = BrandBatches.broken(act.get());
            return invalid.isPresent()
                    ? Html.invalid(
                            page(call, context, form, chosen, invalid.get().userMessage()))
                    : Html.ok(report(call, context, form, batches.run(context, chosen, act.get())));
        });
    }

    private static Optional<Act> act(BulkBrandsForm form) {
        return switch (form.action) {
            case "suspend" -> Optional.of(new Act.Suspend());
            case "activate" -> Optional.of(new Act.Activate());
            case "label" -> Optional.of(new Act.Label(form.value));
            case "notices" -> Optional.of(new Act.Notices(form.value));
            default -> Optional.empty();
        };
    }

    private BulkReportPage report(Call call, AccountContext context, BulkBrandsForm form, BulkReport report) {
        return new BulkReportPage(
                shells.of(call, context, NavItem.BRANDS, "Report"),
                "Report",
                report,
                form.filter(context.root().username()).href());
    }
}
