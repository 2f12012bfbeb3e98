package dev.banyan.accounts.brands;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.brands.CreateSubAccountPage.Values;
import dev.banyan.accounts.brands.SubAccounts.Created;
import dev.banyan.accounts.brands.SubAccounts.NameCheck;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.ManagedPage;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.accounts.plans.PackUpgrade;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The dialog that creates a sub-account.
@Path("/admin/users/sub-accounts")
@RunOnVirtualThread
class CreateSubAccountPageResource {

    private final AccountGuard acting;
    private final Accounts accounts;
    private final SubAccounts subAccounts;
    private final PageFrames shells;
    private final Idempotency idempotency;
    private final Settings settings;
    private final Uuids uuids;

    CreateSubAccountPageResource(
            AccountGuard acting,
            Accounts accounts,
            SubAccounts subAccounts,
            PageFrames shells,
            Idempotency idempotency,
            Settings settings,
            Uuids uuids) {
        this.acting = acting;
        this.accounts = accounts;
        this.subAccounts = subAccounts;
        this.shells = shells;
        this.idempotency = idempotency;
        this.settings = settings;
        this.uuids = uuids;
    }

    /// Fills in the form from the address, which the suggestions for another name use.
    @GET
    @Path("new")
    public Response form(
            @Context Call call,
            @QueryParam("username") @DefaultValue("") String username,
            @QueryParam("displayName") @DefaultValue("") String displayName,
            @QueryParam("email") @DefaultValue("") String email,
            @QueryParam("bio") @DefaultValue("") String bio) {
        var values = new Values(username, displayName, email, bio);
        return acting.page(
                call,
                context -> context.isSubAccount()
                        ? Html.answer(403, managed(call, context))
                        : Html.ok(form(
                                call,
                                context,
                                values,
                                username.isBlank() ? NameAnswer.RULE : answer(context, values),
                                FieldErrors.NONE,
                                Optional.empty(),
                                uuids.next().toString())));
    }

    private ManagedPage managed(Call call, AccountContext context) {
        return new ManagedPage(shells.of(call, context, NavItem.BRANDS, "Brands"));
    }

    /// Checks the name during typing.
    @GET
    @Path("new/username")
    public Response check(@Context Call call, @QueryParam("username") @DefaultValue("") String username) {
        return acting.page(
                call,
                context -> Html.ok(new NameAnswerPage(
                        username.isBlank() ? NameAnswer.RULE : answer(context, new Values(username, "", "", "")))));
    }

    private NameAnswer answer(AccountContext context, Values values) {
        return switch (subAccounts.check(context, values.username())) {
            case NameCheck.Free free -> NameAnswer.free(free.username());
            case NameCheck.Taken taken -> taken(context, values, taken.free());
            case NameCheck.Broken broken -> NameAnswer.refused(broken.invalid().userMessage());
        };
    }

    private static NameAnswer taken(AccountContext context, Values values, List<String> free) {
        return NameAnswer.taken(
                values.username().strip(),
                free.stream()
                        .map(name -> new NameAnswer.Suggestion(
                                name,
                                "/admin/users/sub-accounts/new?as="
                                        + context.root().username() + "&username=" + name
                                        + parameter("displayName", values.displayName())
                                        + parameter("email", values.email())
                                        + parameter("bio", values.bio())))
                        .toList());
    }

    private static String parameter(String name, String value) {
        return value.isEmpty() ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @POST
    public Response create(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("displayName") @DefaultValue("") String displayName,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("bio") @DefaultValue("") String bio,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new Values(username, displayName, email, bio);
        return acting.page(
                call,
                Optional.of(as),
                context -> context.isSubAccount()
                        ? Html.answer(403, managed(call, context))
                        : idempotency.onceForForm(
                                call, context.root().id(), key, values, () -> create(call, context, values, key)));
    }

    private Response create(Call call, AccountContext context, Values values, String key) {
        var wanted = new SubAccounts.NewSubAccount(
                values.username(),
                values.displayName(),
                Optional.of(values.email()).filter(email -> !email.isBlank()),
                Optional.of(values.bio()));
        return switch (subAccounts.create(context, wanted)) {
            case Created.Done done ->
                Html.seeOther(
                        call,
                        SubAccountPages.path(
                                context,
                                "sub-account-created",
                                "sub-" + done.subAccount().account().username()));
            case Created.Refused(Refusal.LimitReached(long used, long max)) ->
                refused(
                        call,
                        context,
                        values,
                        key,
                        new FormProblem(
                                "All " + max + " brands are used.",
                                used + " of " + max
                                        + " used. Upgrade your pack, or delete a brand you no longer need."));
            case Created.NameTaken taken ->
                Html.invalid(form(
                        call,
                        context,
                        values,
                        taken(context, values, taken.free()),
                        FieldErrors.NONE,
                        Optional.empty(),
                        key));
            case Created.Refused(Refusal.Rejected(List<Invalid> invalid)) -> {
                var errors = FieldErrors.from(invalid);
                NameAnswer name =
                        errors.has("username") ? NameAnswer.refused(errors.of("username")) : answer(context, values);
                yield Html.invalid(form(call, context, values, name, errors, Optional.empty(), key));
            }
            case Created.Refused _ -> refused(call, context, values, key, SubAccountPages.NO_PERMISSION);
        };
    }

    private Response refused(Call call, AccountContext context, Values values, String key, FormProblem problem) {
        return Html.invalid(form(call, context, values, NameAnswer.RULE, FieldErrors.NONE, Optional.of(problem), key));
    }

    private CreateSubAccountPage form(
            Call call,
            AccountContext context,
            Values values,
            NameAnswer name,
            FieldErrors errors,
            Optional<FormProblem> problem,
            String key) {
        var limits = subAccounts.list(context, "", Optional.empty(), 1).limits();
        String usage = limits.permission()
                .map(permission -> limits.unlimited()
                        ? "Brand " + (limits.used() + 1) + ", unlimited"
                        : limits.full()
                                ? limits.text() + " brands used (" + permission.label() + ")"
                                : "Brand " + (limits.used() + 1) + " of " + limits.max() + " in your "
                                        + permission.label() + " pack")
                .orElse("Available with Agency permissions");
        return new CreateSubAccountPage(
                shells.of(call, context, NavItem.BRANDS, "Create brand"),
                usage,
                problem.isPresent() || limits.permission().isPresent() && !limits.full(),
                values,
                name,
                errors,
                problem,
                PackUpgrade.of(accounts, context),
                key,
                settings.publicHost(),
                call.isHtmx());
    }
}
