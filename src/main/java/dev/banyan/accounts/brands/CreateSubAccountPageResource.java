package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.brands.BrandStarts.Started;
import dev.banyan.accounts.brands.CreateSubAccountPage.Values;
import dev.banyan.accounts.brands.SubAccounts.Described;
import dev.banyan.accounts.brands.SubAccounts.SubAccount;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.plans.PackUpgrade;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.UploadedFile;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// The dialog that creates a sub-account, and the check of its username while the form is filled in.
@Path("/admin/users/sub-accounts")
@RunOnVirtualThread
class CreateSubAccountPageResource {

    /// As large as any picture may be.
    private static final int LARGEST_PICTURE = 10 * 1_048_576;

    private final Accounts accounts;
    private final BrandStarts starts;
    private final NameAnswers names;
    private final StartChoices choices;
    private final SubAccountPages pages;
    private final Settings settings;
    private final Uuids uuids;

    CreateSubAccountPageResource(
            Accounts accounts,
            BrandStarts starts,
            NameAnswers names,
            StartChoices choices,
            SubAccountPages pages,
            Settings settings,
            Uuids uuids) {
        this.accounts = accounts;
        this.starts = starts;
        this.names = names;
        this.choices = choices;
        this.pages = pages;
        this.settings = settings;
        this.uuids = uuids;
    }

    /// Fills in the form from the address, which the suggestions for another name use.
    ///
    /// @param from a brand to begin like
    @GET
    @Path("new")
    public Response form(
            @Context AccountPage page,
            @QueryParam("username") @DefaultValue("") String username,
            @QueryParam("displayName") @DefaultValue("") String displayName,
            @QueryParam("email") @DefaultValue("") String email,
            @QueryParam("bio") @DefaultValue("") String bio,
            @QueryParam("start") @DefaultValue("") String start,
            @QueryParam("from") @DefaultValue("") String from) {
        String chosen = !from.isEmpty()
                ? StartChoices.BRAND + from
                : start.isEmpty() ? choices.remembered(page.context()) : start;
        var values = new Values(username, displayName, email, bio, chosen, "");
        page.refuseSubAccounts(NavItem.BRANDS, "Brands");
        return Html.ok(form(
                page,
                values,
                names.answer(page.context(), values),
                FieldErrors.NONE,
                Optional.empty(),
                uuids.next().toString()));
    }

    /// Creates the brand. Without a username it is derived from the display name.
    ///
    /// @param start what it begins with; nothing if absent, as before there was a choice
    @POST
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    public Response create(
            @Context AccountPage page,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("displayName") @DefaultValue("") String displayName,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("bio") @DefaultValue("") String bio,
            @FormParam("start") @DefaultValue("") String start,
            @FormParam("derived") @DefaultValue("") String derived,
            @FormParam("picture") @Nullable FileUpload picture,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new Values(username, displayName, email, bio, start, derived);
        Optional<FileUpload> chosen =
                Optional.ofNullable(picture).filter(file -> !file.fileName().isEmpty());
        page.refuseSubAccounts(NavItem.BRANDS, "Brands");
        return page.once(
                key,
                new Sent(values, chosen.map(file -> file.fileName() + " " + file.size())),
                () -> create(page, values, chosen.map(file -> UploadedFile.bytes(file, LARGEST_PICTURE)), key));
    }

    /// What identifies a repeated request.
    private record Sent(Values values, Optional<String> picture) {}

    private Response create(AccountPage page, Values typed, Optional<byte[]> picture, String key) {
        boolean derive = typed.username().isBlank() && !typed.displayName().isBlank();
        String made = derive ? starts.usernameFor(page.context(), typed.displayName()) : typed.username();
        Values values = new Values(
                made, typed.displayName(), typed.email(), typed.bio(), typed.start(), derive ? made : typed.derived());
        var wanted = new SubAccounts.NewSubAccount(
                values.username(),
                values.displayName(),
                Optional.of(values.email()).filter(email -> !email.isBlank()),
                Optional.of(values.bio()));
        return switch (starts.create(page.context(), wanted, StartChoices.source(values.start()), picture)) {
            case Started.Done(SubAccount subAccount, Optional<String> opens, List<LeftOut> leftOut) -> {
                choices.remember(page.context(), values.start());
                yield Html.seeOther(
                        page.call(), next(page.context(), subAccount.account().username(), opens, leftOut));
            }
            case Started.Refused(Refusal.LimitReached(long used, long max)) ->
                refused(
                        page,
                        values,
                        key,
                        new FormProblem(
                                "All " + max + " brands are used.",
                                used + " of " + max
                                        + " used. Get a larger pack, or delete a brand you no longer need."));
            case Started.NameTaken taken ->
                Html.invalid(form(
                        page,
                        values,
                        names.taken(page.context(), values, taken.free()),
                        FieldErrors.NONE,
                        Optional.empty(),
                        key));
            case Started.BrandNotFound _ ->
                again(page, values, new FieldErrors(Map.of("start", "We can’t find that brand. Choose another.")), key);
            case Started.TemplateNotFound _ ->
                again(
                        page,
                        values,
                        new FieldErrors(Map.of("start", "That template was deleted. Choose another.")),
                        key);
            case Started.PictureRefused(String why) ->
                again(page, values, new FieldErrors(Map.of("picture", why)), key);
            case Started.Refused(Refusal.Rejected(List<Invalid> invalid)) ->
                again(page, values, FieldErrors.from(invalid), key);
            case Started.Refused _ -> refused(page, values, key, SubAccountPages.NO_PERMISSION);
        };
    }

    /// Returns where the work continues: in the editor, or in the list if the brand has no page. What was left out is
    /// said before.
    private static String next(AccountContext context, String username, Optional<String> opens, List<LeftOut> leftOut) {
        if (!leftOut.isEmpty()) {
            return "/admin/users/sub-accounts/" + username + "/created?as="
                    + context.root().username() + "&left=" + LeftOut.written(leftOut)
                    + opens.map(path -> "&page=" + path.substring(path.lastIndexOf('/') + 1))
                            .orElse("");
        }
        return opens.map(path -> path + "?as=" + username + "&done=sub-account-created")
                .orElseGet(() -> SubAccountPages.path(context, "sub-account-created", "sub-" + username));
    }

    /// Says what of the chosen content doesn't fit the plan.
    @GET
    @Path("{subAccountId}/created")
    public Response created(
            @Context AccountPage page,
            @PathParam("subAccountId") String idOrName,
            @QueryParam("left") @DefaultValue("") String left,
            @QueryParam("page") @DefaultValue("") String opens) {
        Described found = pages.find(page, idOrName);
        SubAccountCard card = pages.card(found);
        String editor = Uuids.parse(opens).map(id -> "/admin/pages/" + id).orElse("/admin/pages");
        PageFrame shell = page.frame(NavItem.BRANDS, "Brand created");
        return Html.ok(new BrandCreatedPage(
                shell,
                card,
                LeftOut.read(left).stream().map(LeftOut::sentence).toList(),
                editor + "?as=" + card.username(),
                PackUpgrade.of(accounts, page.context(), shell)));
    }

    private Response again(AccountPage page, Values values, FieldErrors errors, String key) {
        NameAnswer name = errors.has("username")
                ? NameAnswer.refused(errors.of("username"))
                : names.answer(page.context(), values);
        return Html.invalid(form(page, values, name, errors, Optional.empty(), key));
    }

    private Response refused(AccountPage page, Values values, String key, FormProblem problem) {
        return Html.invalid(form(page, values, NameAnswer.RULE, FieldErrors.NONE, Optional.of(problem), key));
    }

    private CreateSubAccountPage form(
            AccountPage page,
            Values values,
            NameAnswer name,
            FieldErrors errors,
            Optional<FormProblem> problem,
            String key) {
        var offered = choices.of(page.context(), values.start());
        var limits = offered.limits();
        String usage = limits.permission()
                .map(permission -> limits.unlimited()
                        ? "Brand " + (limits.used() + 1) + ", unlimited"
                        : limits.full()
                                ? limits.text() + " brands used (" + permission.label + ")"
                                : "Brand " + (limits.used() + 1) + " of "
                                        + limits.max().text() + " in your " + permission.label + " pack")
                .orElse("Available with Agency permissions");
        PageFrame shell = page.frame(NavItem.BRANDS, "Create brand");
        return new CreateSubAccountPage(
                shell,
                usage,
                problem.isPresent() || limits.permission().isPresent() && !limits.full(),
                values,
                offered.starts(),
                name,
                errors,
                problem,
                PackUpgrade.of(accounts, page.context(), shell),
                key,
                settings.publicHost(),
                page.isHtmx());
    }

    /// Checks the username during typing.
    @GET
    @Path("new/username")
    public Response check(@Context AccountPage page, @QueryParam("username") @DefaultValue("") String username) {
        return Html.ok(new NameAnswerPage(names.answer(page.context(), new Values(username, "", "", "", "", ""))));
    }

    /// Derives the username while the display name is typed; 204 if the person typed another one, which stays.
    ///
    /// @param derived the username that was derived before
    @GET
    @Path("new/address")
    public Response derive(
            @Context AccountPage page,
            @QueryParam("displayName") @DefaultValue("") String displayName,
            @QueryParam("username") @DefaultValue("") String username,
            @QueryParam("derived") @DefaultValue("") String derived) {
        if (!username.isBlank() && !username.equals(derived)) {
            return Response.noContent().build();
        }
        String made = displayName.isBlank() ? "" : starts.usernameFor(page.context(), displayName);
        var values = new Values(made, displayName, "", "", "", made);
        return Html.ok(new BrandUsernamePage(
                page.frame(NavItem.BRANDS, "Create brand"),
                values,
                names.answer(page.context(), values),
                FieldErrors.NONE,
                settings.publicHost(),
                false));
    }
}
