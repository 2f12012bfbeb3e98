package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.accounts.plans.FeatureFailure;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
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

/// The page for custom domains. Not under `/admin/domains`, which is another name of the API’s route
/// (`CanonicalRoutes`).
@Path(DomainsPageResource.HOME)
@RunOnVirtualThread
class DomainsPageResource {

    static final String HOME = "/admin/custom-domains";

    /// What was entered, and what is wrong with it.
    private record Form(
            String host,
            Optional<String> page,
            Optional<String> workspace,
            FieldErrors errors,
            Optional<FormProblem> problem) {

        static Form of(String host, String page, String workspace) {
            return new Form(host, filled(page), filled(workspace), FieldErrors.NONE, Optional.empty());
        }

        private static Optional<String> filled(String text) {
            return Optional.of(text.strip()).filter(id -> !id.isEmpty());
        }

        Form with(FormProblem why) {
            return new Form(host, page, workspace, FieldErrors.NONE, Optional.of(why));
        }

        Form with(FieldErrors wrong) {
            return new Form(host, page, workspace, wrong, Optional.empty());
        }
    }

    private final AccountGuard acting;
    private final Domains domains;
    private final DnsRecords records;
    private final PageFrames shells;
    private final ErrorPages errorPages;
    private final Settings settings;

    DomainsPageResource(
            AccountGuard acting,
            Domains domains,
            DnsRecords records,
            PageFrames shells,
            ErrorPages errorPages,
            Settings settings) {
        this.acting = acting;
        this.domains = domains;
        this.records = records;
        this.shells = shells;
        this.errorPages = errorPages;
        this.settings = settings;
    }

    @GET
    public Response show(@Context Call call, @QueryParam("workspace") @DefaultValue("") String workspace) {
        var form = Form.of("", "", workspace);
        return acting.page(call, context -> {
            DomainsPage page = page(call, context, form);
            return form.workspace().isPresent() && page.workspace().isEmpty() ? unknown(call) : Html.ok(page);
        });
    }

    private DomainsPage page(Call call, AccountContext context, Form form) {
        Domains.Shown shown = domains.shown(context, form.workspace());
        return new DomainsPage(
                shells.of(call, context, NavItem.PAGES, "Domains"),
                shown.domains().stream().map(this::row).toList(),
                shown.lacking().map(tier -> FeatureFailure.sentence(Feature.CUSTOM_DOMAIN, tier)),
                context.membership().isOwner(),
                form.host(),
                shown.choices().stream()
                        .map(choice -> new DomainsPage.Choice(
                                choice.id(), choice.name(), form.page().equals(Optional.of(choice.id()))))
                        .toList(),
                shown.workspace().map(choice -> new DomainsPage.Choice(choice.id(), choice.name(), true)),
                form.errors(),
                form.problem());
    }

    private DomainsPage.Row row(Domains.Named named) {
        Domain domain = named.domain();
        return new DomainsPage.Row(
                domain.id().toString(),
                domain.host().shown(),
                settings.at(domain.host().value()),
                named.name(),
                switch (domain.state()) {
                    case PENDING -> "info";
                    case ACTIVE -> "good";
                    case MISSING -> "warn";
                    case OFF -> "bad";
                },
                switch (domain.state()) {
                    case PENDING -> "Waiting for DNS";
                    case ACTIVE -> "Active";
                    case MISSING -> "Proof missing";
                    case OFF -> "Off";
                },
                problem(domain),
                domain.checkedAt().map(Words::moment),
                domain.state().isServed(),
                records.of(domain));
    }

    private static Optional<String> problem(Domain domain) {
        return domain.missingSince()
                .filter(_ -> domain.state() == Domain.State.MISSING)
                .map(since -> "The TXT record is gone. Set it again by " + Words.day(since.plus(Domains.TOLERATED))
                        + ", or the domain is turned off.")
                .or(domain::problem);
    }

    @POST
    public Response add(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("domain") @DefaultValue("") String host,
            @FormParam("page") @DefaultValue("") String page,
            @FormParam("workspace") @DefaultValue("") String workspace) {
        var form = Form.of(host, page, workspace);
        return acting.page(call, Optional.of(as), context -> switch (domains.add(
                context, new Domains.Wish(host, form.page(), form.workspace()))) {
            case Domains.Added.Done _ -> back(call, context, "domain-added");
            case Domains.Added.NotInPlan _ -> Html.answer(403, page(call, context, form));
            case Domains.Added.Known _ ->
                Html.answer(
                        409,
                        page(
                                call,
                                context,
                                form.with(new FormProblem(
                                        "You have this domain already.",
                                        "Find it in the list, or remove it there first."))));
            case Domains.Added.Refused(Refusal refusal) -> refused(call, context, form, refusal);
        });
    }

    private Response refused(Call call, AccountContext context, Form form, Refusal refusal) {
        return switch (refusal) {
            case Refusal.Rejected(var invalid) ->
                Html.invalid(page(call, context, form.with(FieldErrors.from(invalid))));
            case Refusal.LimitReached _ ->
                Html.answer(
                        409,
                        page(
                                call,
                                context,
                                form.with(new FormProblem(
                                        "You have as many domains as an account can have.",
                                        "Remove one that is no longer needed."))));
            default -> unknown(call);
        };
    }

    private Response unknown(Call call) {
        return errorPages.answer(call, 404, "Page or workspace not found", "It may have been deleted.");
    }

    @POST
    @Path("{domainId}/check")
    public Response check(
            @Context Call call, @PathParam("domainId") String id, @FormParam("as") @DefaultValue("") String as) {
        return act(call, as, id, "domain-checked", (context, domain) -> domains.check(context.owner(), domain));
    }

    @POST
    @Path("{domainId}/remove")
    public Response remove(
            @Context Call call, @PathParam("domainId") String id, @FormParam("as") @DefaultValue("") String as) {
        return act(call, as, id, "domain-removed", domains::remove);
    }

    private Response act(
            Call call, String as, String id, String done, BiFunction<AccountContext, UUID, Outcome<Domain>> work) {
        return acting.page(
                call,
                Optional.of(as),
                context -> Uuids.parse(id)
                        .map(domain -> work.apply(context, domain))
                        .orElseGet(Outcome::notFound)
                        .fold(
                                _ -> back(call, context, done),
                                refusal -> refusal instanceof Refusal.Forbidden
                                        ? errorPages.answer(
                                                call,
                                                403,
                                                "This domain is in use",
                                                "Single sign-on or a workspace needs it. Ask an owner of the account to remove it.")
                                        : errorPages.answer(
                                                call,
                                                404,
                                                "Domain not found",
                                                "It may have been removed. Go back to your domains.")));
    }

    private static Response back(Call call, AccountContext context, String done) {
        return Html.seeOther(call, HOME + "?as=" + context.acting().username() + "&done=" + done);
    }
}
