package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.brands.BrandTemplates.Renamed;
import dev.banyan.accounts.brands.BrandTemplates.Saved;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.ManagedPage;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.Confirmation;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The saved templates of brands: the list, and the form that saves one.
@Path("/admin/brands/templates")
@RunOnVirtualThread
class BrandTemplatesPageResource {

    private static final String PATH = "/admin/brands/templates";
    private static final String NAME_TAKEN = "Another template has this name. Choose another.";
    private static final int BRANDS_OFFERED = 50;

    /// What the form sends.
    private record Values(String from, String name, List<String> parts) {}

    private final AccountGuard acting;
    private final BrandTemplates templates;
    private final SubAccounts subAccounts;
    private final PageFrames shells;
    private final ErrorPages errorPages;
    private final Idempotency idempotency;
    private final Uuids uuids;

    BrandTemplatesPageResource(
            AccountGuard acting,
            BrandTemplates templates,
            SubAccounts subAccounts,
            PageFrames shells,
            ErrorPages errorPages,
            Idempotency idempotency,
            Uuids uuids) {
        this.acting = acting;
        this.templates = templates;
        this.subAccounts = subAccounts;
        this.shells = shells;
        this.errorPages = errorPages;
        this.idempotency = idempotency;
        this.uuids = uuids;
    }

    private Response on(Call call, Optional<String> as, Function<AccountContext, Response> work) {
        return acting.page(
                call,
                as,
                context -> context.isSubAccount()
                        ? Html.answer(403, new ManagedPage(shells.of(call, context, NavItem.BRANDS, "Templates")))
                        : work.apply(context));
    }

    private Response unknown(Call call) {
        return errorPages.answer(
                call, 404, "Template not found", "It may have been deleted. Go back to your templates.");
    }

    @GET
    public Response list(@Context Call call) {
        return on(call, Optional.empty(), context -> Html.ok(page(call, context, "", "", "")));
    }

    /// @param id of the template whose name was refused
    private BrandTemplatesPage page(Call call, AccountContext context, String id, String typed, String error) {
        return new BrandTemplatesPage(
                shells.of(call, context, NavItem.BRANDS, "Templates"),
                templates.list(context).stream()
                        .map(template -> new BrandTemplatesPage.Row(
                                template.id(),
                                template.name(),
                                parts(template),
                                template.source(),
                                Words.day(template.createdAt()),
                                template.id().equals(id) ? typed : template.name(),
                                template.id().equals(id) ? error : ""))
                        .toList());
    }

    private static String parts(BrandTemplate template) {
        return Arrays.stream(BrandPart.values())
                .filter(template.parts()::contains)
                .map(BrandPart::label)
                .map(label -> label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1))
                .collect(Collectors.joining(", ", template.parts().isEmpty() ? "Pages" : "Pages, ", ""));
    }

    @GET
    @Path("new")
    public Response form(@Context Call call, @QueryParam("from") @DefaultValue("") String from) {
        return on(call, Optional.empty(), context -> {
            String name = subAccounts
                    .find(context, from)
                    .map(found -> found.subAccount().account().displayName())
                    .orElse("");
            var values = new Values(
                    from,
                    name,
                    Arrays.stream(BrandPart.values()).map(BrandPart::key).toList());
            return Html.ok(form(
                    call,
                    context,
                    values,
                    FieldErrors.NONE,
                    Optional.empty(),
                    uuids.next().toString()));
        });
    }

    private SaveTemplatePage form(
            Call call,
            AccountContext context,
            Values values,
            FieldErrors errors,
            Optional<FormProblem> problem,
            String key) {
        List<Choice> brands = new ArrayList<>();
        brands.add(brand(context.root()));
        subAccounts.list(context, "", Optional.empty(), BRANDS_OFFERED).subAccounts().stream()
                .map(found -> brand(found.account()))
                .forEach(brands::add);
        if (brands.stream().noneMatch(one -> one.value().equals(values.from()))) {
            subAccounts
                    .find(context, values.from())
                    .map(found -> brand(found.subAccount().account()))
                    .ifPresent(brands::addFirst);
        }
        return new SaveTemplatePage(
                shells.of(call, context, NavItem.BRANDS, "Save as template"),
                List.copyOf(brands),
                values.from(),
                values.name(),
                Arrays.stream(BrandPart.values())
                        .map(part -> new Choice(part.key(), part.label()))
                        .toList(),
                Set.copyOf(values.parts()),
                errors,
                problem,
                key);
    }

    private static Choice brand(Account account) {
        return new Choice(account.username(), account.displayName() + " (@" + account.username() + ")");
    }

    @POST
    public Response save(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("from") @DefaultValue("") String from,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("part") List<String> parts,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new Values(from, name, parts);
        return on(
                call,
                Optional.of(as),
                context -> idempotency.onceForForm(
                        call, context.root().id(), key, values, () -> save(call, context, values, key)));
    }

    private Response save(Call call, AccountContext context, Values values, String key) {
        Set<BrandPart> parts = BrandPart.parse(values.parts()).orElse(Set.of());
        return switch (templates.save(context, values.from(), values.name(), parts)) {
            case Saved.Done(BrandTemplate template, List<LeftOut> leftOut) ->
                Html.seeOther(
                        call,
                        path(context, leftOut.isEmpty() ? "template-saved" : "template-saved-partly") + "#template-"
                                + template.id());
            case Saved.NotFound _ ->
                again(call, context, values, key, "from", "We can’t find that brand. Choose another.");
            case Saved.NameTaken _ -> again(call, context, values, key, "name", NAME_TAKEN);
            case Saved.Rejected(Invalid invalid) -> again(call, context, values, key, "name", invalid.userMessage());
            case Saved.Full _ ->
                problem(
                        call,
                        context,
                        values,
                        key,
                        "You have " + BrandTemplates.MOST + " templates, the most an account can have.",
                        "Delete one you no longer need.");
            case Saved.TooLarge _ ->
                problem(
                        call,
                        context,
                        values,
                        key,
                        "This brand has too much content for a template.",
                        "Leave out a part, or choose a smaller brand.");
        };
    }

    private Response again(Call call, AccountContext context, Values values, String key, String field, String error) {
        return Html.invalid(form(call, context, values, new FieldErrors(Map.of(field, error)), Optional.empty(), key));
    }

    private Response problem(Call call, AccountContext context, Values values, String key, String title, String text) {
        return Html.invalid(
                form(call, context, values, FieldErrors.NONE, Optional.of(new FormProblem(title, text)), key));
    }

    private static String path(AccountContext context, String done) {
        return PATH + "?as=" + context.root().username() + "&done=" + done;
    }

    @POST
    @Path("{templateId}/rename")
    public Response rename(
            @Context Call call,
            @PathParam("templateId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("name") @DefaultValue("") String name) {
        return on(call, Optional.of(as), context -> switch (templates.rename(context, id, name)) {
            case Renamed.Done _ -> Html.seeOther(call, path(context, "template-renamed") + "#template-" + id);
            case Renamed.NotFound _ -> unknown(call);
            case Renamed.NameTaken _ -> Html.invalid(page(call, context, id, name, NAME_TAKEN));
            case Renamed.Rejected(Invalid invalid) ->
                Html.invalid(page(call, context, id, name, invalid.userMessage()));
        });
    }

    @GET
    @Path("{templateId}/delete")
    public Response confirmDeletion(@Context Call call, @PathParam("templateId") String id) {
        return on(
                call,
                Optional.empty(),
                context -> templates
                        .find(context, id)
                        .map(template -> {
                            var shell = shells.of(call, context, NavItem.BRANDS, "Delete template");
                            return Html.ok(Confirmation.asking("delete", "Delete “<bdi>{}</bdi>”?", template.name())
                                    .sentence("You can’t restore a deleted template.")
                                    .fact("Brands that started with it keep everything they have")
                                    .action("Delete template", PATH + "/" + id + "/delete")
                                    .keep("Cancel", PATH + shell.query())
                                    .under("Templates", PATH)
                                    .on(call, shell, "Delete"));
                        })
                        .orElseGet(() -> unknown(call)));
    }

    @POST
    @Path("{templateId}/delete")
    public Response delete(
            @Context Call call, @PathParam("templateId") String id, @FormParam("as") @DefaultValue("") String as) {
        return on(
                call,
                Optional.of(as),
                context -> templates.delete(context, id)
                        ? Html.seeOther(call, path(context, "template-deleted"))
                        : unknown(call));
    }
}
