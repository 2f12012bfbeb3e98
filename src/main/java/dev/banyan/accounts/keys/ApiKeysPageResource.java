package dev.banyan.accounts.keys;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.ApiKey;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.accounts.keys.ApiKeys.Changed;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Limit;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The pages for API keys: create, change, disable and delete them; their usage; and the first call to copy.
/// Sub-accounts have none.
@Path("/admin/api-keys")
@RunOnVirtualThread
class ApiKeysPageResource {

    private static final String HOME = "/admin/api-keys";
    private static final List<String> PICKED_AT_FIRST = List.of("read:profile", "read:pages", "read:links");

    /// The submitted form and its result.
    private record Form(
            String name,
            List<String> permissions,
            FieldErrors errors,
            Optional<FormProblem> problem,
            Optional<ApiKeysPage.Fresh> fresh) {

        static final Form EMPTY = new Form("", PICKED_AT_FIRST, FieldErrors.NONE, Optional.empty(), Optional.empty());
    }

    private final AccountGuard acting;
    private final ApiKeys keys;
    private final PageFrames shells;
    private final ErrorPages errorPages;
    private final Settings settings;
    private final Audit audit;

    ApiKeysPageResource(
            AccountGuard acting,
            ApiKeys keys,
            PageFrames shells,
            ErrorPages errorPages,
            Settings settings,
            Audit audit) {
        this.acting = acting;
        this.keys = keys;
        this.shells = shells;
        this.errorPages = errorPages;
        this.settings = settings;
        this.audit = audit;
    }

    @GET
    public Response show(@Context Call call) {
        return acting.page(
                call,
                context -> context.isSubAccount()
                        ? Html.ok(managed(call, context))
                        : Html.ok(page(call, context, Form.EMPTY)));
    }

    private NoApiKeysPage managed(Call call, AccountContext context) {
        return new NoApiKeysPage(shells.of(call, context, NavItem.API_KEYS, "API keys"), ApiKeys.NOT_FOR_SUB_ACCOUNTS);
    }

    @POST
    public Response create(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("permissions") List<String> permissions) {
        return acting.page(
                call,
                Optional.of(as),
                context -> answer(
                        call,
                        context,
                        keys.create(context, name, permissions),
                        done -> Html.ok(page(
                                call,
                                context,
                                new Form(
                                        "",
                                        PICKED_AT_FIRST,
                                        FieldErrors.NONE,
                                        Optional.empty(),
                                        done.text()
                                                .map(text -> new ApiKeysPage.Fresh(
                                                        done.key().id(), text))))),
                        errors -> Html.invalid(page(
                                call,
                                context,
                                new Form(name, permissions, errors, Optional.empty(), Optional.empty())))));
    }

    @GET
    @Path("{keyId}")
    public Response edit(@Context Call call, @PathParam("keyId") String id) {
        return acting.page(
                call,
                context -> context.isSubAccount()
                        ? Html.ok(managed(call, context))
                        : keys.find(context, id)
                                .map(key -> Html.ok(
                                        edit(call, context, key, key.name(), key.permissions(), FieldErrors.NONE)))
                                .orElseGet(() -> unknown(call)));
    }

    @POST
    @Path("{keyId}")
    public Response save(
            @Context Call call,
            @PathParam("keyId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("permissions") List<String> permissions) {
        return acting.page(
                call,
                Optional.of(as),
                context -> answer(
                        call,
                        context,
                        keys.update(context, id, Optional.of(name), permissions),
                        _ -> home(call, context, "api-key-saved"),
                        errors -> keys.find(context, id)
                                .map(key -> Html.invalid(edit(call, context, key, name, permissions, errors)))
                                .orElseGet(() -> unknown(call))));
    }

    @POST
    @Path("{keyId}/disable")
    public Response disable(
            @Context Call call, @PathParam("keyId") String id, @FormParam("as") @DefaultValue("") String as) {
        return act(call, as, context -> keys.setActive(context, id, false), "api-key-disabled");
    }

    @POST
    @Path("{keyId}/enable")
    public Response enable(
            @Context Call call, @PathParam("keyId") String id, @FormParam("as") @DefaultValue("") String as) {
        return act(call, as, context -> keys.setActive(context, id, true), "api-key-enabled");
    }

    @POST
    @Path("{keyId}/delete")
    public Response delete(
            @Context Call call, @PathParam("keyId") String id, @FormParam("as") @DefaultValue("") String as) {
        return act(call, as, context -> keys.delete(context, id), "api-key-deleted");
    }

    private Response act(Call call, String as, Function<AccountContext, Changed> work, String done) {
        return acting.page(
                call,
                Optional.of(as),
                context ->
                        answer(call, context, work.apply(context), _ -> home(call, context, done), _ -> unknown(call)));
    }

    private Response answer(
            Call call,
            AccountContext context,
            Changed changed,
            Function<Changed.Done, Response> done,
            Function<FieldErrors, Response> again) {
        return switch (changed) {
            case Changed.Done made -> done.apply(made);
            case Changed.WrongPermissions wrong -> again.apply(FieldErrors.from(List.of(wrong.invalid())));
            case Changed.NoAccess _ -> refused(call, context, "No API access", ApiKeysResource.NO_ACCESS);
            case Changed.Refused(Refusal refusal) ->
                switch (refusal) {
                    case Refusal.Rejected(List<Invalid> invalid) -> again.apply(FieldErrors.from(invalid));
                    case Refusal.LimitReached(long used, long max) ->
                        refused(
                                call,
                                context,
                                "You've used all the API keys in your plan.",
                                used + " of " + max + " keys used. Delete a key or upgrade your plan.");
                    case Refusal.NotFound _ -> unknown(call);
                    case Refusal.Forbidden _, Refusal.TooMany _, Refusal.ReadOnly _, Refusal.Conflict _ -> {
                        audit.denied(call.actor(), call.route());
                        yield Html.answer(403, managed(call, context));
                    }
                };
        };
    }

    private Response refused(Call call, AccountContext context, String title, String text) {
        return Html.answer(
                403,
                page(
                        call,
                        context,
                        new Form(
                                "",
                                PICKED_AT_FIRST,
                                FieldErrors.NONE,
                                Optional.of(new FormProblem(title, text)),
                                Optional.empty())));
    }

    private static Response home(Call call, AccountContext context, String done) {
        return Html.seeOther(call, HOME + "?as=" + context.acting().username() + "&done=" + done);
    }

    private Response unknown(Call call) {
        return errorPages.answer(call, 404, "API key not found", "It may have been deleted. Go back to your API keys.");
    }

    private ApiKeysPage page(Call call, AccountContext context, Form form) {
        ApiKeys.Overview overview = keys.of(context);
        Tier tier = overview.tier();
        Limit limit = tier.maxApiKeys();
        int used = overview.keys().size();
        return new ApiKeysPage(
                shells.of(call, context, NavItem.API_KEYS, "API keys"),
                overview.keys().stream().map(ApiKeysPageResource::row).toList(),
                form.fresh(),
                used < limit.capped(ApiKeys.MOST),
                limit.isUnlimited() ? Words.count(used, "key", "keys") : limit.text(used) + " used",
                permissions(overview.available(), form.permissions()),
                form.name(),
                form.errors(),
                form.problem(),
                limits(overview),
                KeyChart.of(overview.days()),
                KeyChart.total(overview.days()),
                examples(form.fresh().map(ApiKeysPage.Fresh::text).orElse("YOUR_API_KEY")));
    }

    private static ApiKeysPage.Row row(ApiKey key) {
        return new ApiKeysPage.Row(
                key.id(),
                key.name(),
                key.active(),
                !key.active() && !key.disabledReason().equals(Optional.of(ApiKey.DOWNGRADED)),
                key.disabledReason(),
                PermissionWords.list(key.permissions()),
                Words.day(key.createdAt()),
                key.lastUsedAt()
                        .map(at -> Words.moment(at)
                                + key.lastUsedIp().map(ip -> " from " + ip).orElse(""))
                        .orElse("Never"));
    }

    private ApiKeyPage edit(
            Call call, AccountContext context, ApiKey key, String name, List<String> picked, FieldErrors errors) {
        return new ApiKeyPage(
                shells.of(call, context, NavItem.API_KEYS, "API key"),
                key.id(),
                key.name(),
                name,
                permissions(keys.of(context).available(), picked),
                errors);
    }

    private static List<ApiKeysPage.Permission> permissions(List<String> available, List<String> picked) {
        return available.stream()
                .map(permission -> new ApiKeysPage.Permission(permission, picked.contains(permission)))
                .toList();
    }

    private static String limits(ApiKeys.Overview overview) {
        Tier tier = overview.tier();
        Limit day = tier.apiRequestsPerDay();
        String perDay = day.isUnlimited()
                ? "no daily limit"
                : day.text(overview.usedToday()) + " requests used today across all keys";
        return Words.grouped(tier.apiRequestsPerMinute()) + " requests per minute for each key, " + perDay + ".";
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
