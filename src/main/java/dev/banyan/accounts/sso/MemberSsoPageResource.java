package dev.banyan.accounts.sso;

import module java.base;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.sso.MemberSsoSetup.View;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.secrets.TypedSecrets;
import dev.banyan.platform.sso.SignInLog;
import dev.banyan.platform.sso.SignInRow;
import dev.banyan.platform.sso.SsoBody;
import dev.banyan.platform.sso.SsoDraft;
import dev.banyan.platform.sso.SsoForm;
import dev.banyan.platform.sso.SsoPreset;
import dev.banyan.platform.sso.SsoReachPage;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.json.FormFields;
import dev.banyan.platform.web.page.Confirmation;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The page on which single sign-on of an account’s members is set up, tested and removed.
@Path(MemberSsoPageResource.PATH)
@RunOnVirtualThread
class MemberSsoPageResource {

    static final String PATH = "/admin/users/sso";
    private static final String TITLE = "Single sign-on";
    private static final List<String> ROLES = AccountSso.ROLES.keys();

    private final MemberSsoSetup setup;
    private final Settings settings;
    private final TypedSecrets secrets;

    MemberSsoPageResource(MemberSsoSetup setup, Settings settings, TypedSecrets secrets) {
        this.setup = setup;
        this.settings = settings;
        this.secrets = secrets;
    }

    /// @param kind which form is shown, if nothing is set up or another kind is wanted
    /// @param preset which provider fills the form
    /// @param before where the part of the sign-ins begins that is shown
    @GET
    public Response show(
            @Context AccountPage page,
            @QueryParam("kind") @DefaultValue("") String kind,
            @QueryParam("preset") @DefaultValue("") String preset,
            @QueryParam("before") @DefaultValue("") String before) {
        View view = view(page);
        Optional<SsoForm> stored = view.sso().map(found -> SsoForm.of(found, view.emailDomains(), ROLES));
        return drawn(page, view, SsoDraft.of(SsoForm.shown(stored, kind, preset, ROLES)), Uuids.parse(before));
    }

    private View view(AccountPage page) {
        page.refuseSubAccounts(NavItem.MEMBERS, "Members");
        return setup.read(page.context()).orElseThrow(_ -> forbidden(page));
    }

    private static EarlyAnswer forbidden(AccountPage page) {
        return page.refused(403, "This is for owners", "Ask an owner of the account to change this.");
    }

    /// @param before where the part of the sign-ins begins that is shown
    private Response drawn(AccountPage page, View view, SsoDraft draft, Optional<UUID> before) {
        SignInLog.Part signIns = setup.signIns(page.context(), before).orElseThrow(_ -> forbidden(page));
        PageFrame frame = page.frame(NavItem.MEMBERS, TITLE);
        String address = PATH + frame.query() + "&";
        SsoForm form = draft.form();
        return Html.answer(
                draft.status(),
                new MemberSsoPage(
                        frame,
                        PATH,
                        form,
                        draft.errors(),
                        view.addresses(),
                        view.others(),
                        SsoPreset.Guide.of(form, view.addresses(), address),
                        settings.baseUrl() + view.signInPath(),
                        view.proved(),
                        view.stored().isPresent(),
                        form.hasSecret(view.sso()),
                        reach(form),
                        view.cut(),
                        draft.tested(),
                        SignInRow.rows(signIns, address)));
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
    @WithFormRead
    public Response reach(@Context AccountPage page, @BeanParam FormFields fields) {
        view(page);
        return Html.ok(new SsoReachPage(PATH, reach(typed(page, fields))));
    }

    @POST
    @WithFormRead
    public Response save(@Context AccountPage page, @BeanParam FormFields fields) {
        page.refuseSubAccounts(NavItem.MEMBERS, "Members");
        SsoForm form = typed(page, fields);
        return setup.put(page.context(), body(page, form))
                .fold(_ -> page.done(PATH, "sso-saved"), refusal -> again(page, form, refusal));
    }

    private SsoForm typed(AccountPage page, FormFields fields) {
        return SsoForm.typed(fields, ROLES, secrets, owner(page));
    }

    private SsoBody body(AccountPage page, SsoForm form) {
        return form.body(secrets.open(form.of(TypedSecrets.FIELD), owner(page)));
    }

    private static String owner(AccountPage page) {
        return TypedSecrets.owner(
                page.context().identity(), page.context().acting().id());
    }

    private Response again(AccountPage page, SsoForm form, Refusal refusal) {
        return form.again(refusal, draft -> drawn(page, view(page), draft, Optional.empty()), _ -> {
            throw forbidden(page);
        });
    }

    @POST
    @Path("test")
    @WithFormRead
    public Response test(@Context AccountPage page, @BeanParam FormFields fields) {
        page.refuseSubAccounts(NavItem.MEMBERS, "Members");
        SsoForm form = typed(page, fields);
        return setup.test(page.context(), Optional.of(body(page, form)))
                .fold(
                        result -> drawn(page, view(page), SsoDraft.tested(form, result), Optional.empty()),
                        refusal -> again(page, form, refusal));
    }

    @POST
    @Path("address")
    @WithFormRead
    public Response useNewAddress(@Context AccountPage page) {
        page.refuseSubAccounts(NavItem.MEMBERS, "Members");
        setup.useNewAddress(page.context()).orElseThrow(_ -> forbidden(page));
        return page.done(PATH, "sso-address-changed");
    }

    @GET
    @Path("remove")
    public Response confirmRemove(@Context AccountPage page) {
        view(page);
        PageFrame frame = page.frame(NavItem.MEMBERS, "Remove single sign-on");
        return Html.ok(Confirmation.asking("remove", "Remove single sign-on?")
                .fact("Members whom your provider signed in are signed out")
                .fact("They stay members, and can set a password with “Forgot your password?”")
                .action("Remove single sign-on", PATH + "/remove")
                .keep("Cancel", PATH + frame.query())
                .under("Members", "/admin/users")
                .under(TITLE, PATH)
                .on(page.call(), frame, "Remove"));
    }

    @POST
    @Path("remove")
    @WithFormRead
    public Response remove(@Context AccountPage page) {
        page.refuseSubAccounts(NavItem.MEMBERS, "Members");
        setup.delete(page.context()).orElseThrow(_ -> forbidden(page));
        return page.done(PATH, "sso-removed");
    }
}
