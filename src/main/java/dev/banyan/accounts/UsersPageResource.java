package dev.banyan.accounts;

import dev.banyan.accounts.SubAccounts.Created;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.FieldErrors;
import dev.banyan.platform.web.FormProblem;
import dev.banyan.platform.web.Html;
import dev.banyan.platform.web.Idempotency;
import dev.banyan.platform.web.NavItem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;

/// The Users page with its Sub-Accounts section, and the dialog that creates one.
@Path("/admin/users")
@RunOnVirtualThread
class UsersPageResource {

    private static final int ROWS = 50;

    private final ActingAs acting;
    private final SubAccounts subAccounts;
    private final Shells shells;
    private final Idempotency idempotency;
    private final Settings settings;
    private final Uuids uuids;

    UsersPageResource(
            ActingAs acting,
            SubAccounts subAccounts,
            Shells shells,
            Idempotency idempotency,
            Settings settings,
            Uuids uuids) {
        this.acting = acting;
        this.subAccounts = subAccounts;
        this.shells = shells;
        this.idempotency = idempotency;
        this.settings = settings;
        this.uuids = uuids;
    }

    @GET
    public Response list(
            @Context Call call,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("after") @DefaultValue("") String after) {
        return acting.page(call, context -> {
            if (context.isSubAccount()) {
                return Html.ok(managed(call, context));
            }
            Optional<AccountId> cursor = AccountId.parse(after);
            var listed = subAccounts.list(context, search, cursor, ROWS);
            return Html.ok(new UsersPage(
                    shells.of(call, context, NavItem.USERS, "Users"),
                    pack(listed.limits()),
                    search,
                    listed.subAccounts().stream().map(UsersPageResource::row).toList(),
                    cursor.isEmpty(),
                    listed.next().map(AccountId::toString)));
        });
    }

    /// A sub-account has no users and no sub-accounts; the page says who manages it.
    private ManagedPage managed(Call call, AccountContext context) {
        return new ManagedPage(shells.of(call, context, NavItem.USERS, "Users"));
    }

    private static Optional<UsersPage.PackUsage> pack(SubAccounts.Limits limits) {
        return limits.permission()
                .map(permission -> new UsersPage.PackUsage(
                        (int) limits.used(), limits.max(), permission.label(), limits.packLabel()));
    }

    private static UsersPage.Row row(SubAccounts.SubAccount subAccount) {
        Account account = subAccount.account();
        return new UsersPage.Row(
                account.username(),
                account.displayName(),
                subAccount.tier().label() + " tier",
                subAccount.pages(),
                subAccount.links(),
                account.status() == AccountStatus.ACTIVE);
    }

    @GET
    @Path("sub-accounts/new")
    public Response form(@Context Call call) {
        return acting.page(
                call,
                context -> context.isSubAccount()
                        ? Html.answer(403, managed(call, context))
                        : Html.ok(form(
                                call,
                                context,
                                CreateSubAccountPage.Values.EMPTY,
                                FieldErrors.NONE,
                                Optional.empty(),
                                uuids.next().toString())));
    }

    @POST
    @Path("sub-accounts")
    public Response create(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("displayName") @DefaultValue("") String displayName,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("bio") @DefaultValue("") String bio,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new CreateSubAccountPage.Values(username, displayName, email, bio);
        return acting.page(
                call,
                Optional.of(as),
                context -> context.isSubAccount()
                        ? Html.answer(403, managed(call, context))
                        : idempotency.onceForForm(
                                call, context.root().id(), key, values, () -> create(call, context, values, key)));
    }

    private Response create(Call call, AccountContext context, CreateSubAccountPage.Values values, String key) {
        var wanted = new SubAccounts.NewSubAccount(
                values.username(),
                values.displayName(),
                Optional.of(values.email()).filter(email -> !email.isBlank()),
                Optional.of(values.bio()));
        return switch (subAccounts.create(context, wanted)) {
            case Created.Done done ->
                Html.seeOther(
                        call,
                        "/admin/users?as=" + context.root().username() + "&done=sub-account-created#sub-"
                                + done.subAccount().account().username());
            case Created.NoAgencyPermission _ ->
                again(
                        call,
                        context,
                        values,
                        FieldErrors.NONE,
                        key,
                        new FormProblem(
                                "This account may not have sub-accounts.",
                                "Ask the people who run this server for an agency permission."));
            case Created.LimitReached reached ->
                again(
                        call,
                        context,
                        values,
                        FieldErrors.NONE,
                        key,
                        new FormProblem(
                                "All " + reached.max() + " sub-accounts are used.",
                                "Ask the people who run this server for a larger pack."));
            case Created.NameTaken taken ->
                Html.invalid(form(
                        call,
                        context,
                        values,
                        new FieldErrors(
                                Map.of("username", takenText(values.username().strip(), taken))),
                        Optional.empty(),
                        key));
            case Created.Rejected rejected ->
                Html.invalid(form(call, context, values, FieldErrors.from(rejected.invalid()), Optional.empty(), key));
        };
    }

    private Response again(
            Call call,
            AccountContext context,
            CreateSubAccountPage.Values values,
            FieldErrors errors,
            String key,
            FormProblem problem) {
        return Html.invalid(form(call, context, values, errors, Optional.of(problem), key));
    }

    private static String takenText(String username, Created.NameTaken taken) {
        String free = String.join(" or ", taken.free());
        return "“" + username + "” is taken." + (free.isEmpty() ? " Try another name." : " Try " + free + ".");
    }

    private CreateSubAccountPage form(
            Call call,
            AccountContext context,
            CreateSubAccountPage.Values values,
            FieldErrors errors,
            Optional<FormProblem> problem,
            String key) {
        var limits = subAccounts.list(context, "", Optional.empty(), 1).limits();
        String usage = limits.permission().isEmpty()
                ? "Available with Agency permissions"
                : limits.remaining() == 0
                        ? "All " + limits.max() + " of your "
                                + limits.permission().get().label() + " pack are used"
                        : "Brand " + (limits.used() + 1) + " of " + limits.max() + " in your "
                                + limits.permission().get().label() + " pack";
        return new CreateSubAccountPage(
                shells.of(call, context, NavItem.USERS, "Create sub-account"),
                usage,
                values,
                errors,
                problem,
                key,
                settings.publicHost(),
                call.isHtmx());
    }
}
