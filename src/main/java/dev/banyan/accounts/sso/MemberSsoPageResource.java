package dev.banyan.accounts.sso;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.ManagedPage;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.sso.ProviderTests.Result;
import dev.banyan.platform.sso.ProviderTests.Step;
import dev.banyan.platform.sso.SsoForm;
import dev.banyan.platform.sso.SsoReachPage;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.FormFields;
import dev.banyan.platform.web.page.Confirmation;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The page on which single sign-on of an account’s members is set up, tested and removed.
@Path(MemberSsoPageResource.PATH)
@RunOnVirtualThread
class MemberSsoPageResource {

    static final String PATH = "/admin/users/sso";
    private static final String TITLE = "Single sign-on";
    private static final List<String> ROLES = AccountSso.ROLES.keys();

    private final AccountGuard acting;
    private final MemberSsoSetup setup;
    private final PageFrames shells;
    private final ErrorPages errorPages;
    private final Settings settings;

    MemberSsoPageResource(
            AccountGuard acting, MemberSsoSetup setup, PageFrames shells, ErrorPages errorPages, Settings settings) {
        this.acting = acting;
        this.setup = setup;
        this.shells = shells;
        this.errorPages = errorPages;
        this.settings = settings;
    }

    private Response at(Call call, Optional<String> as, Function<AccountContext, Response> work) {
        return acting.page(
                call,
                as,
                context -> context.isSubAccount()
                        ? Html.answer(403, new ManagedPage(shells.of(call, context, NavItem.MEMBERS, "Members")))
                        : work.apply(context));
    }

    /// @param kind which form is shown, if nothing is set up or another kind is wanted
    @GET
    public Response show(@Context Call call, @QueryParam("kind") @DefaultValue("") String kind) {
        return at(
                call,
                Optional.empty(),
                context -> setup.read(context)
                        .fold(
                                view -> {
                                    SsoForm form = view.stored()
                                            .map(found -> SsoForm.of(
                                                    found.settings(),
                                                    found.passwordSignIn(),
                                                    found.linkedPasswords(),
                                                    view.emergency(),
                                                    found.emailDomains(),
                                                    ROLES))
                                            .filter(found -> kind.isEmpty()
                                                    || found.kind().equals(kind))
                                            .orElseGet(() -> SsoForm.fresh(SsoForm.known(kind), ROLES));
                                    return Html.ok(page(call, context, view, form, FieldErrors.NONE, Optional.empty()));
                                },
                                refusal -> forbidden(call)));
    }

    private Response forbidden(Call call) {
        return errorPages.answer(call, 403, "This is for owners", "Ask an owner of the account to change this.");
    }

    private MemberSsoPage page(
            Call call,
            AccountContext context,
            MemberSsoSetup.View view,
            SsoForm form,
            FieldErrors errors,
            Optional<Result> tested) {
        Optional<AccountSso> same = view.stored()
                .filter(stored -> stored.settings().provider().kind().equals(form.kind()));
        return new MemberSsoPage(
                shells.of(call, context, NavItem.MEMBERS, TITLE),
                PATH,
                form,
                errors,
                view.redirectAddress(),
                view.service(),
                settings.baseUrl() + view.signInPath(),
                view.proved(),
                view.stored().isPresent(),
                same.filter(stored -> form.isSaml() || stored.sealedSecret().isPresent())
                        .isPresent(),
                reach(form),
                view.cut(),
                tested);
    }

    private static String reach(SsoForm form) {
        List<String> domains = form.domains("emailDomains");
        return form.draft()
                .filter(_ -> !domains.isEmpty())
                .map(draft -> AccountSso.reach(draft, domains))
                .orElse("Enter your email domains and your provider to see who can sign in.");
    }

    /// Says who could come in with what was typed so far.
    @POST
    @Path("reach")
    public Response reach(
            @Context Call call, @FormParam("as") @DefaultValue("") String as, @BeanParam FormFields fields) {
        SsoForm form = SsoForm.typed(fields, ROLES);
        return at(
                call,
                Optional.of(as),
                context -> setup.read(context)
                        .fold(_ -> Html.ok(new SsoReachPage(PATH, reach(form))), _ -> forbidden(call)));
    }

    @POST
    public Response save(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("secret") @DefaultValue("") String secret,
            @BeanParam FormFields fields) {
        SsoForm form = SsoForm.typed(fields, ROLES);
        return at(
                call,
                Optional.of(as),
                context -> setup.put(context, form.body(secret))
                        .fold(_ -> done(call, context, "sso-saved"), refusal -> refused(call, context, form, refusal)));
    }

    private static Response done(Call call, AccountContext context, String word) {
        return Html.seeOther(call, PATH + "?as=" + context.root().username() + "&done=" + word);
    }

    @POST
    @Path("test")
    public Response test(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("secret") @DefaultValue("") String secret,
            @BeanParam FormFields fields) {
        SsoForm form = SsoForm.typed(fields, ROLES);
        return at(
                call,
                Optional.of(as),
                context -> setup.test(context, Optional.of(form.body(secret)))
                        .fold(
                                result -> again(
                                        call,
                                        context,
                                        view -> Html.ok(page(
                                                call, context, view, form, FieldErrors.NONE, Optional.of(result)))),
                                refusal -> refused(call, context, form, refusal)));
    }

    private Response again(Call call, AccountContext context, Function<MemberSsoSetup.View, Response> drawn) {
        return setup.read(context).fold(drawn, _ -> forbidden(call));
    }

    private Response refused(Call call, AccountContext context, SsoForm form, Refusal refusal) {
        return switch (refusal) {
            case Refusal.Rejected rejected ->
                again(
                        call,
                        context,
                        view -> Html.invalid(page(
                                call, context, view, form, FieldErrors.from(rejected.invalid()), Optional.empty())));
            case Refusal.TooMany(Duration wait) -> {
                var said = new Result(
                        false, List.of(new Step("limit", false, "Too many tests. " + FormProblem.waitText(wait))));
                yield again(
                        call,
                        context,
                        view -> Html.tooMany(
                                wait, page(call, context, view, form, FieldErrors.NONE, Optional.of(said))));
            }
            case Refusal.NotFound _,
                    Refusal.Forbidden _,
                    Refusal.LimitReached _,
                    Refusal.ReadOnly _,
                    Refusal.Conflict _ -> forbidden(call);
        };
    }

    @GET
    @Path("remove")
    public Response confirmRemove(@Context Call call) {
        return at(
                call,
                Optional.empty(),
                context -> setup.read(context)
                        .fold(
                                _ -> {
                                    PageFrame shell =
                                            shells.of(call, context, NavItem.MEMBERS, "Remove single sign-on");
                                    return Html.ok(Confirmation.asking("remove", "Remove single sign-on?")
                                            .fact("Members whom your provider signed in are signed out")
                                            .fact(
                                                    "They stay members, and can set a password with “Forgot your password?”")
                                            .action("Remove single sign-on", PATH + "/remove")
                                            .keep("Cancel", PATH + shell.query())
                                            .under("Members", "/admin/users")
                                            .under(TITLE, PATH)
                                            .on(call, shell, "Remove"));
                                },
                                _ -> forbidden(call)));
    }

    @POST
    @Path("remove")
    public Response remove(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
        return at(
                call,
                Optional.of(as),
                context -> setup.delete(context).fold(_ -> done(call, context, "sso-removed"), _ -> forbidden(call)));
    }
}
