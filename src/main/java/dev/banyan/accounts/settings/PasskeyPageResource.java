package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.accounts.context.SignedInPage;
import dev.banyan.accounts.context.SignedInPerson;
import dev.banyan.accounts.context.SignedInRequest;
import dev.banyan.accounts.signin.AskedPasskey;
import dev.banyan.accounts.signin.factors.Passkey;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcome.Nothing;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;

/// The page on which people add and remove passkeys.
@Path(PasskeyPageResource.PATH)
@RunOnVirtualThread
class PasskeyPageResource {

    static final String PATH = "/admin/settings/passkeys";

    private final PasskeyChanges passkeys;

    PasskeyPageResource(PasskeyChanges passkeys) {
        this.passkeys = passkeys;
    }

    @GET
    public Response show(@Context SignedInPage page) {
        return page.self().managedBy().isPresent()
                ? Html.seeOther(page.self().pathTo(SettingsPageResource.PATH))
                : Html.ok(page(page, PasskeyPage.Open.NOTHING, FieldErrors.NONE, Optional.empty()));
    }

    @POST
    @Path("options")
    @Produces(MediaType.APPLICATION_JSON)
    public Response begin(
            @Context SignedInPage page,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("password") @DefaultValue("") String password) {
        return passkeys.begin(page.self(), name, password)
                .fold(asked -> Response.ok(AskedPasskey.of(asked)).build(), refusal -> unasked(page.self(), refusal));
    }

    /// Answers the script that asks the device.
    private static Response unasked(SignedInPerson self, Refusal refusal) {
        return switch (refusal) {
            case Refusal.Rejected rejected -> {
                String text = rejected.first().userMessage();
                yield Answers.failure(422, text.endsWith(".") ? text : text + ".");
            }
            case Refusal.TooMany(Duration wait) -> Answers.tooManyFailure(wait, FormProblem.waitText(wait));
            case Refusal.Forbidden _,
                    Refusal.NotFound _,
                    Refusal.LimitReached _,
                    Refusal.ReadOnly _,
                    Refusal.Conflict _ -> SignedInRequest.failure(self, refusal);
        };
    }

    @POST
    public Response add(
            @Context SignedInPage page,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("token") @DefaultValue("") String token,
            @FormParam("credential") @DefaultValue("") String credential) {
        return change(
                page,
                passkeys.add(page.self(), name, token, credential),
                "passkey-added",
                new PasskeyPage.Open("add", "", name));
    }

    @POST
    @Path("rename")
    public Response rename(
            @Context SignedInPage page,
            @FormParam("passkey") @DefaultValue("") String passkey,
            @FormParam("name") @DefaultValue("") String name) {
        return change(
                page,
                passkeys.rename(page.self(), passkey, name),
                "passkey-renamed",
                new PasskeyPage.Open("rename", passkey, name));
    }

    @POST
    @Path("remove")
    public Response remove(
            @Context SignedInPage page,
            @FormParam("passkey") @DefaultValue("") String passkey,
            @FormParam("password") @DefaultValue("") String password) {
        return change(
                page,
                passkeys.remove(page.self(), passkey, password),
                "passkey-removed",
                new PasskeyPage.Open("remove", passkey, ""));
    }

    private Response change(SignedInPage page, Outcome<Nothing> changed, String done, PasskeyPage.Open form) {
        return changed.fold(
                _ -> Html.seeOther(page.self().pathTo(PATH, done)), refusal -> refused(page, refusal, form));
    }

    private Response refused(SignedInPage page, Refusal refusal, PasskeyPage.Open form) {
        return SignInAnswers.page(
                page.self(),
                refusal,
                SignInAnswers.NOTHING_CHANGED,
                invalid -> Html.invalid(page(page, form, FieldErrors.from(invalid), Optional.empty())),
                (status, problem) -> Html.answer(
                        status, page(page, PasskeyPage.Open.NOTHING, FieldErrors.NONE, Optional.of(problem))));
    }

    private PasskeyPage page(
            SignedInPage page, PasskeyPage.Open open, FieldErrors errors, Optional<FormProblem> problem) {
        // In a sub-account's context the person's own passkeys are not shown.
        List<Passkey> kept = page.self().managedBy().isPresent()
                ? List.of()
                : passkeys.of(page.self().identity());
        return new PasskeyPage(
                page.frame("Passkeys"),
                IntStream.range(0, kept.size())
                        .mapToObj(at -> row(at, kept.get(at)))
                        .toList(),
                kept.size() >= PasskeyChanges.MOST,
                open,
                errors,
                problem);
    }

    private static PasskeyPage.Row row(int number, Passkey passkey) {
        return new PasskeyPage.Row(
                number,
                passkey.credentialId(),
                passkey.name(),
                Words.dayTime(passkey.createdAt()),
                passkey.usedAt().map(Words::dayTime));
    }
}
