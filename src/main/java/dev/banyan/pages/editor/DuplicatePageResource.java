package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.brands.LeftOut;
import dev.banyan.accounts.brands.SubAccounts;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageAnswers;
import dev.banyan.pages.PageId;
import dev.banyan.pages.Pages;
import dev.banyan.pages.copying.PageDuplicates;
import dev.banyan.pages.copying.PageDuplicates.Duplicated;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Duplicates a page into another brand.
@Path("/admin/pages")
@RunOnVirtualThread
class DuplicatePageResource {

    private static final int BRANDS_OFFERED = 50;

    private record Values(String brand, String name) {}

    private final AccountGuard acting;
    private final Pages pages;
    private final PageDuplicates duplicates;
    private final SubAccounts subAccounts;
    private final PageFrames shells;
    private final ErrorPages errorPages;
    private final Idempotency idempotency;
    private final Uuids uuids;

    DuplicatePageResource(
            AccountGuard acting,
            Pages pages,
            PageDuplicates duplicates,
            SubAccounts subAccounts,
            PageFrames shells,
            ErrorPages errorPages,
            Idempotency idempotency,
            Uuids uuids) {
        this.acting = acting;
        this.pages = pages;
        this.duplicates = duplicates;
        this.subAccounts = subAccounts;
        this.shells = shells;
        this.errorPages = errorPages;
        this.idempotency = idempotency;
        this.uuids = uuids;
    }

    @GET
    @Path("{pageId}/duplicate")
    public Response form(@Context Call call, @PathParam("pageId") String pageId) {
        return acting.page(
                call,
                context -> PageId.parse(pageId)
                        .flatMap(id -> pages.find(context, id))
                        .map(page -> Html.ok(form(
                                call,
                                context,
                                page,
                                new Values("", page.name()),
                                FieldErrors.NONE,
                                Optional.empty(),
                                uuids.next().toString())))
                        .orElseGet(() -> PageAnswers.unknownPage(call, errorPages)));
    }

    private DuplicatePagePage form(
            Call call,
            AccountContext context,
            Page page,
            Values values,
            FieldErrors errors,
            Optional<FormProblem> problem,
            String key) {
        AccountContext root = context.ofRoot();
        List<Choice> brands = new ArrayList<>();
        if (context.isSubAccount() && context.membership().everything()) {
            brands.add(new Choice(context.root().username(), context.root().displayName()));
        }
        subAccounts.list(root, "", Optional.empty(), BRANDS_OFFERED).subAccounts().stream()
                .map(found -> found.account())
                .filter(account -> !account.id().equals(context.acting().id()))
                .forEach(account -> brands.add(new Choice(account.username(), account.displayName())));
        return new DuplicatePagePage(
                shells.of(call, context, NavItem.PAGES, "Duplicate page"),
                page.id().toString(),
                page.name(),
                List.copyOf(brands),
                values.brand(),
                values.name(),
                errors,
                problem,
                key,
                call.isHtmx());
    }

    @POST
    @Path("{pageId}/duplicate")
    public Response duplicate(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("brand") @DefaultValue("") String brand,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new Values(brand, name);
        return acting.page(
                call,
                Optional.of(as),
                context -> PageId.parse(pageId)
                        .flatMap(id -> pages.find(context, id))
                        .map(page -> idempotency.onceForForm(
                                call,
                                context.acting().id(),
                                key,
                                values,
                                () -> duplicate(call, context, page, values, key)))
                        .orElseGet(() -> PageAnswers.unknownPage(call, errorPages)));
    }

    private Response duplicate(Call call, AccountContext context, Page page, Values values, String key) {
        return switch (duplicates.duplicate(context, page.id(), values.brand(), values.name())) {
            case Duplicated.Done(String username, Page copy, List<LeftOut> leftOut) ->
                Html.seeOther(
                        call,
                        "/admin/pages/" + copy.id() + "?as=" + username + "&done="
                                + (leftOut.isEmpty() ? "page-copied" : "page-copied-partly"));
            case Duplicated.PageNotFound _ -> PageAnswers.unknownPage(call, errorPages);
            case Duplicated.BrandNotFound _ ->
                again(
                        call,
                        context,
                        page,
                        values,
                        new FieldErrors(Map.of("brand", "We can’t find an active brand with this username.")),
                        Optional.empty(),
                        key);
            case Duplicated.ReadOnly(var until) ->
                again(
                        call,
                        context,
                        page,
                        values,
                        new FieldErrors(Map.of(
                                "brand", "This brand is read-only until " + Words.day(until) + ". Choose another.")),
                        Optional.empty(),
                        key);
            case Duplicated.Full _ ->
                again(
                        call,
                        context,
                        page,
                        values,
                        FieldErrors.NONE,
                        Optional.of(new FormProblem(
                                "That brand has no room for another page.",
                                "Delete one of its pages or upgrade the plan.")),
                        key);
            case Duplicated.Rejected(var invalid) ->
                again(call, context, page, values, FieldErrors.from(List.of(invalid)), Optional.empty(), key);
        };
    }

    private Response again(
            Call call,
            AccountContext context,
            Page page,
            Values values,
            FieldErrors errors,
            Optional<FormProblem> problem,
            String key) {
        return Html.invalid(form(call, context, page, values, errors, problem, key));
    }
}
