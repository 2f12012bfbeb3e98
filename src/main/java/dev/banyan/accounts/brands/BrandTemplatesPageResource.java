package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.brands.BrandTemplates.Renamed;
import dev.banyan.accounts.brands.BrandTemplates.Saved;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.answer.Noun;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.Confirmation;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The saved templates of brands: the list, and the form that saves one.
@Path("/admin/brands/templates")
@RunOnVirtualThread
class BrandTemplatesPageResource {

    private static final String PATH = "/admin/brands/templates";
    private static final Noun TEMPLATE = Noun.of("Template");
    private static final String NAME_TAKEN = "Another template has this name. Choose another.";
    private static final int BRANDS_OFFERED = 50;

    /// What the form sends.
    private record Values(String from, String name, List<String> parts) {}

    private final BrandTemplates templates;
    private final SubAccounts subAccounts;
    private final Uuids uuids;

    BrandTemplatesPageResource(BrandTemplates templates, SubAccounts subAccounts, Uuids uuids) {
        this.templates = templates;
        this.subAccounts = subAccounts;
        this.uuids = uuids;
    }

    @GET
    public Response list(@Context AccountPage page) {
        page.refuseSubAccounts(NavItem.BRANDS, "Templates");
        return Html.ok(page(page, "", "", ""));
    }

    /// @param id of the template whose name was refused
    private BrandTemplatesPage page(AccountPage page, String id, String typed, String error) {
        return new BrandTemplatesPage(
                page.frame(NavItem.BRANDS, "Templates"),
                templates.list(page.context()).stream()
                        .map(template -> new BrandTemplatesPage.Row(
                                template.id(),
                                template.name(),
                                parts(template),
                                template.source(),
                                Words.dayTime(template.createdAt()),
                                template.id().equals(id) ? typed : template.name(),
                                template.id().equals(id) ? error : ""))
                        .toList());
    }

    private static String parts(BrandTemplate template) {
        return Arrays.stream(BrandPart.values())
                .filter(template.parts()::contains)
                .map(part -> part.label)
                .map(label -> label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1))
                .collect(Collectors.joining(", ", template.parts().isEmpty() ? "Pages" : "Pages, ", ""));
    }

    @GET
    @Path("new")
    public Response form(@Context AccountPage page, @QueryParam("from") @DefaultValue("") String from) {
        page.refuseSubAccounts(NavItem.BRANDS, "Templates");
        String name = subAccounts
                .find(page.context(), from)
                .map(found -> found.subAccount().account().displayName())
                .orElse("");
        var values = new Values(
                from,
                name,
                Arrays.stream(BrandPart.values()).map(BrandPart::key).toList());
        return Html.ok(form(
                page, values, FieldErrors.NONE, Optional.empty(), uuids.next().toString()));
    }

    private SaveTemplatePage form(
            AccountPage page, Values values, FieldErrors errors, Optional<FormProblem> problem, String key) {
        List<Choice> brands = new ArrayList<>();
        brands.add(brand(page.context().root()));
        subAccounts.list(page.context(), "", Optional.empty(), BRANDS_OFFERED).subAccounts().stream()
                .map(found -> brand(found.account()))
                .forEach(brands::add);
        if (brands.stream().noneMatch(one -> one.value().equals(values.from()))) {
            subAccounts
                    .find(page.context(), values.from())
                    .map(found -> brand(found.subAccount().account()))
                    .ifPresent(brands::addFirst);
        }
        return new SaveTemplatePage(
                page.frame(NavItem.BRANDS, "Save as template"),
                List.copyOf(brands),
                values.from(),
                values.name(),
                Arrays.stream(BrandPart.values())
                        .map(part -> new Choice(part.key(), part.label))
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
            @Context AccountPage page,
            @FormParam("from") @DefaultValue("") String from,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("part") List<String> parts,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new Values(from, name, parts);
        page.refuseSubAccounts(NavItem.BRANDS, "Templates");
        return page.once(key, values, () -> save(page, values, key));
    }

    private Response save(AccountPage page, Values values, String key) {
        Set<BrandPart> parts = BrandPart.parse(values.parts()).orElse(Set.of());
        return switch (templates.save(page.context(), values.from(), values.name(), parts)) {
            case Saved.Done(BrandTemplate template, List<LeftOut> leftOut) ->
                done(page, leftOut.isEmpty() ? "template-saved" : "template-saved-partly", template.id());
            case Saved.NotFound _ -> again(page, values, key, "from", "We can’t find that brand. Choose another.");
            case Saved.NameTaken _ -> again(page, values, key, "name", NAME_TAKEN);
            case Saved.Rejected(Invalid invalid) -> again(page, values, key, "name", invalid.userMessage());
            case Saved.Full _ ->
                problem(
                        page,
                        values,
                        key,
                        "You have " + BrandTemplates.MOST + " templates, the most an account can have.",
                        "Delete one you no longer need.");
            case Saved.TooLarge _ ->
                problem(
                        page,
                        values,
                        key,
                        "This brand has too much content for a template.",
                        "Leave out a part, or choose a smaller brand.");
        };
    }

    private Response again(AccountPage page, Values values, String key, String field, String error) {
        return Html.invalid(form(page, values, new FieldErrors(Map.of(field, error)), Optional.empty(), key));
    }

    private Response problem(AccountPage page, Values values, String key, String title, String text) {
        return Html.invalid(form(page, values, FieldErrors.NONE, Optional.of(new FormProblem(title, text)), key));
    }

    /// Returns to the list, where the template is selected.
    private static Response done(AccountPage page, String toast, String id) {
        return page.done(PATH, toast + "#template-" + id);
    }

    @POST
    @Path("{templateId}/rename")
    public Response rename(
            @Context AccountPage page,
            @PathParam("templateId") String id,
            @FormParam("name") @DefaultValue("") String name) {
        page.refuseSubAccounts(NavItem.BRANDS, "Templates");
        return switch (templates.rename(page.context(), id, name)) {
            case Renamed.Done _ -> done(page, "template-renamed", id);
            case Renamed.NotFound _ -> throw Refused.notFound(TEMPLATE);
            case Renamed.NameTaken _ -> Html.invalid(page(page, id, name, NAME_TAKEN));
            case Renamed.Rejected(Invalid invalid) -> Html.invalid(page(page, id, name, invalid.userMessage()));
        };
    }

    @GET
    @Path("{templateId}/delete")
    public Response confirmDeletion(@Context AccountPage page, @PathParam("templateId") String id) {
        page.refuseSubAccounts(NavItem.BRANDS, "Templates");
        BrandTemplate template = templates.find(page.context(), id).orElseThrow(() -> Refused.notFound(TEMPLATE));
        var frame = page.frame(NavItem.BRANDS, "Delete template");
        return Html.ok(Confirmation.asking("delete", "Delete “<bdi>{}</bdi>”?", template.name())
                .sentence("You can’t restore a deleted template.")
                .fact("Brands that started with it keep everything they have")
                .action("Delete template", PATH + "/" + id + "/delete")
                .keep("Cancel", PATH + frame.query())
                .under("Templates", PATH)
                .on(page.call(), frame, "Delete"));
    }

    @POST
    @Path("{templateId}/delete")
    @WithFormRead
    public Response delete(@Context AccountPage page, @PathParam("templateId") String id) {
        page.refuseSubAccounts(NavItem.BRANDS, "Templates");
        if (!templates.delete(page.context(), id)) {
            throw Refused.notFound(TEMPLATE);
        }
        return page.done(PATH, "template-deleted");
    }
}
