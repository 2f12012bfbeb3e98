package dev.banyan.accounts.keys;

import module java.base;
import dev.banyan.accounts.ApiKey;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.keys.ApiKeys.Changed;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.KeyLimits;
import dev.banyan.platform.Limit;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.answer.EarlyAnswer;
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

/// The pages for API keys: create, change, disable and delete them; their usage; and the first call to copy.
/// Sub-accounts have none.
@Path("/admin/api-keys")
@RunOnVirtualThread
class ApiKeysPageResource {

    private static final String HOME = "/admin/api-keys";
    private static final List<String> PICKED_AT_FIRST = List.of("profile:read", "pages:read", "links:read");

    /// The submitted form and its result.
    private record Form(
            String name,
            List<String> permissions,
            KeyLimitsForm.Typed limits,
            FieldErrors errors,
            Optional<FormProblem> problem,
            Optional<ApiKeysPage.Fresh> fresh) {

        static final Form EMPTY = new Form(
                "", PICKED_AT_FIRST, KeyLimitsForm.Typed.NOTHING, FieldErrors.NONE, Optional.empty(), Optional.empty());
    }

    private final ApiKeys keys;
    private final Settings settings;
    private final Audit audit;

    ApiKeysPageResource(ApiKeys keys, Settings settings, Audit audit) {
        this.keys = keys;
        this.settings = settings;
        this.audit = audit;
    }

    @GET
    public Response show(@Context AccountPage page) {
        return Html.ok(page.context().isSubAccount() ? managed(page) : page(page, Form.EMPTY));
    }

    private static NoApiKeysPage managed(AccountPage page) {
        return new NoApiKeysPage(page.frame(NavItem.API_KEYS, "API keys"), ApiKeys.NOT_FOR_SUB_ACCOUNTS);
    }

    @POST
    public Response create(
            @Context AccountPage page,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("permissions") List<String> permissions,
            @FormParam("brands") List<String> brands,
            @FormParam("part") @DefaultValue("") String part,
            @FormParam("expiresAt") @DefaultValue("") String expiresAt,
            @FormParam("networks") @DefaultValue("") String networks,
            @FormParam("requestsPerMinute") @DefaultValue("") String requestsPerMinute,
            @FormParam("test") @DefaultValue("") String test) {
        var limits = new KeyLimitsForm.Typed(brands, part, expiresAt, networks, requestsPerMinute, test.equals("true"));
        Changed.Done done = unless(
                page,
                keys.create(page.context(), name, permissions, limits.wish()),
                errors -> Html.invalid(
                        page(page, new Form(name, permissions, limits, errors, Optional.empty(), Optional.empty()))));
        var fresh = done.text().map(text -> new ApiKeysPage.Fresh(done.key().id(), text));
        return Html.ok(page(
                page,
                new Form("", PICKED_AT_FIRST, KeyLimitsForm.Typed.NOTHING, FieldErrors.NONE, Optional.empty(), fresh)));
    }

    @GET
    @Path("{keyId}")
    public Response edit(@Context AccountPage page, @PathParam("keyId") String id) {
        if (page.context().isSubAccount()) {
            return Html.ok(managed(page));
        }
        ApiKey key = find(page, id);
        return Html.ok(edit(page, key, key.name(), key.permissions(), FieldErrors.NONE));
    }

    private ApiKey find(AccountPage page, String id) {
        return keys.find(page.context(), id).orElseThrow(() -> unknown(page));
    }

    @POST
    @Path("{keyId}")
    public Response save(
            @Context AccountPage page,
            @PathParam("keyId") String id,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("permissions") List<String> permissions) {
        unless(
                page,
                keys.update(page.context(), id, Optional.of(name), permissions),
                errors -> Html.invalid(edit(page, find(page, id), name, permissions, errors)));
        return page.done(HOME, "api-key-saved");
    }

    @POST
    @WithFormRead
    @Path("{keyId}/disable")
    public Response disable(@Context AccountPage page, @PathParam("keyId") String id) {
        return done(page, keys.setActive(page.context(), id, false), "api-key-disabled");
    }

    @POST
    @WithFormRead
    @Path("{keyId}/enable")
    public Response enable(@Context AccountPage page, @PathParam("keyId") String id) {
        return done(page, keys.setActive(page.context(), id, true), "api-key-enabled");
    }

    @POST
    @WithFormRead
    @Path("{keyId}/delete")
    public Response delete(@Context AccountPage page, @PathParam("keyId") String id) {
        return done(page, keys.delete(page.context(), id), "api-key-deleted");
    }

    private Response done(AccountPage page, Changed changed, String toast) {
        unless(page, changed, _ -> {
            throw unknown(page);
        });
        return page.done(HOME, toast);
    }

    /// @param again answers with the form and what is wrong in it
    private Changed.Done unless(AccountPage page, Changed changed, Function<FieldErrors, Response> again) {
        return switch (changed) {
            case Changed.Done done -> done;
            case Changed.WrongPermissions wrong ->
                throw new EarlyAnswer(again.apply(FieldErrors.from(List.of(wrong.invalid()))));
            case Changed.NoPart(Invalid invalid) ->
                throw new EarlyAnswer(again.apply(FieldErrors.from(List.of(KeyLimitsForm.onPage(invalid)))));
            case Changed.NoAccess _ -> throw refused(page, "No API access", ApiKeysResource.NO_ACCESS);
            case Changed.Refused(Refusal refusal) ->
                throw switch (refusal) {
                    case Refusal.Rejected(List<Invalid> invalid) ->
                        new EarlyAnswer(again.apply(FieldErrors.from(
                                invalid.stream().map(KeyLimitsForm::onPage).toList())));
                    case Refusal.LimitReached(long used, long max) ->
                        refused(
                                page,
                                "You’ve used all the API keys in your plan.",
                                used + " of " + max + " keys used. Delete a key or upgrade your plan.");
                    case Refusal.NotFound _ -> unknown(page);
                    case Refusal.Forbidden _, Refusal.TooMany _, Refusal.ReadOnly _, Refusal.Conflict _ -> {
                        audit.denied(page.call().actor(), page.call().route());
                        yield new EarlyAnswer(Html.answer(403, managed(page)));
                    }
                };
        };
    }

    private EarlyAnswer refused(AccountPage page, String title, String text) {
        var problem = Optional.of(new FormProblem(title, text));
        return new EarlyAnswer(Html.answer(
                403,
                page(
                        page,
                        new Form(
                                "",
                                PICKED_AT_FIRST,
                                KeyLimitsForm.Typed.NOTHING,
                                FieldErrors.NONE,
                                problem,
                                Optional.empty()))));
    }

    private static EarlyAnswer unknown(AccountPage page) {
        return page.refused(404, "API key not found", "It may have been deleted. Go back to your API keys.");
    }

    private ApiKeysPage page(AccountPage page, Form form) {
        ApiKeys.Overview overview = keys.of(page.context());
        ApiKeys.Parts parts = keys.parts(page.context());
        Tier tier = overview.tier();
        Limit limit = tier.maxApiKeys;
        int used = overview.keys().size();
        return new ApiKeysPage(
                page.frame(NavItem.API_KEYS, "API keys"),
                overview.keys().stream().map(key -> row(key, parts)).toList(),
                form.fresh(),
                used < limit.capped(ApiKeys.MOST),
                limit.isUnlimited() ? Words.count(used, "key", "keys") : limit.text(used) + " used",
                PermissionGroup.of(overview.offered(), form.permissions()),
                form.name(),
                KeyLimitsForm.of(parts, form.limits(), form.errors()),
                form.errors(),
                form.problem(),
                limits(overview),
                KeyChart.of(overview.days(), overview.zone()),
                KeyChart.total(overview.days()),
                examples(form.fresh().map(ApiKeysPage.Fresh::text).orElse("YOUR_API_KEY")));
    }

    private static ApiKeysPage.Row row(ApiKey key, ApiKeys.Parts parts) {
        return new ApiKeysPage.Row(
                key.id(),
                key.name(),
                key.active(),
                key.test(),
                !key.active()
                        && key.disabledReason()
                                .filter(reason -> reason.equals(ApiKey.DOWNGRADED) || reason.equals(ApiKey.EXPIRED))
                                .isEmpty(),
                key.disabledReason(),
                PermissionWords.list(key.permissions()) + narrowed(key.limits(), parts),
                Words.day(key.createdAt()),
                key.lastUsedAt()
                        .map(at -> Words.moment(at)
                                + key.lastUsedIp().map(ip -> " from " + ip).orElse(""))
                        .orElse("Never"));
    }

    private static String narrowed(KeyLimits limits, ApiKeys.Parts parts) {
        var words = new ArrayList<String>();
        switch (limits.scope().part()) {
            case ACCOUNT -> {}
            case BRANDS ->
                words.add("Only for " + Words.count(limits.scope().ids().size(), "brand", "brands"));
            case PROJECT, WORKSPACE, POOL -> words.add(onlyFor(limits.scope(), parts));
        }
        limits.expiresAt().ifPresent(end -> words.add("Until " + Words.day(end)));
        if (!limits.networks().isEmpty()) {
            words.add("From " + String.join(", ", limits.networks()));
        }
        limits.perMinute().ifPresent(most -> words.add("Up to " + Words.grouped(most) + " requests per minute"));
        return words.stream().map(word -> ". " + word).collect(Collectors.joining());
    }

    private static String onlyFor(KeyLimits.Scope scope, ApiKeys.Parts parts) {
        return parts.others().stream()
                .filter(part -> scope.isFor(part.part(), part.id()))
                .findFirst()
                .map(part -> "Only for the " + part.part().key() + " “" + part.name() + "”")
                .orElseGet(() -> "Only for one " + scope.part().key());
    }

    private ApiKeyPage edit(AccountPage page, ApiKey key, String name, List<String> picked, FieldErrors errors) {
        return new ApiKeyPage(
                page.frame(NavItem.API_KEYS, key.name()),
                key.id(),
                key.name(),
                key.test(),
                name,
                PermissionGroup.of(keys.of(page.context()).offered(), picked),
                errors);
    }

    private static String limits(ApiKeys.Overview overview) {
        Tier tier = overview.tier();
        Limit day = tier.apiRequestsPerDay;
        String perDay = day.isUnlimited()
                ? "no daily limit"
                : day.text(overview.usedToday()) + " requests used today across all keys";
        return Words.grouped(tier.apiRequestsPerMinute) + " requests per minute for each key, " + perDay + ".";
    }

    private List<ApiKeysPage.Example> examples(String key) {
        String url = settings.baseUrl() + "/v1/GetPages";
        return List.of(
                new ApiKeysPage.Example(
                        "curl", "curl", "curl " + url + " \\\n  -H \"Authorization: Bearer " + key + "\""),
                new ApiKeysPage.Example("java", "Java", """
                        var request = HttpRequest.newBuilder(URI.create("%s"))
                                .header("Authorization", "Bearer %s")
                                .build();
                        var answer = HttpClient.newHttpClient()
                                .send(request, HttpResponse.BodyHandlers.ofString());
                        System.out.println(answer.body());""".formatted(url, key)),
                new ApiKeysPage.Example("javascript", "JavaScript", """
                        const answer = await fetch("%s", {
                          headers: { Authorization: "Bearer %s" },
                        });
                        console.log(await answer.json());""".formatted(url, key)));
    }
}
