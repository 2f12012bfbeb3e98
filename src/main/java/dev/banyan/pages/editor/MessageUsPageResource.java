package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.pages.MessageButtons;
import dev.banyan.pages.MessageButtons.OnPage;
import dev.banyan.pages.PageAnswers;
import dev.banyan.pages.PageId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.Pools;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Configures the "message us" button of a page.
@Path("/admin/pages")
@RunOnVirtualThread
class MessageUsPageResource {

    private static final String LABEL = "Message us on WhatsApp";

    private final MessageButtons buttons;
    private final Pools pools;

    MessageUsPageResource(MessageButtons buttons, Pools pools) {
        this.buttons = buttons;
        this.pools = pools;
    }

    @GET
    @Path("{pageId}/message-us")
    public Response show(@Context AccountPage request, @PathParam("pageId") String pageId) {
        return find(request.context(), pageId)
                .map(found -> Html.ok(page(request, found, form(found), FieldErrors.NONE)))
                .orElseThrow(() -> PageAnswers.unknownPage(request));
    }

    @POST
    @Path("{pageId}/message-us")
    public Response save(
            @Context AccountPage request,
            @PathParam("pageId") String pageId,
            @FormParam("on") @DefaultValue("") String on,
            @FormParam("pool") @DefaultValue("") String pool,
            @FormParam("label") @DefaultValue("") String label,
            @FormParam("greeting") @DefaultValue("") String greeting) {
        OnPage found = find(request.context(), pageId).orElseThrow(() -> PageAnswers.unknownPage(request));
        PageId id = found.page().id();
        Outcome<Outcome.Nothing> changed = on.equals("true")
                ? buttons.save(request.context(), id, new MessageButtons.ButtonRequest(pool, label, greeting))
                : buttons.remove(request.context(), id);
        return changed.fold(
                _ -> Html.seeOther(
                        request.call(), PagesPageResource.editorPath(request.context(), id) + "&done=message-us-saved"),
                refusal -> {
                    if (refusal instanceof Refusal.Rejected(List<Invalid> invalid)) {
                        var typed = new MessageUsPage.Form(true, pool, label, greeting);
                        return Html.invalid(page(request, found, typed, FieldErrors.from(invalid)));
                    }
                    throw PageAnswers.unknownPage(request);
                });
    }

    private Optional<OnPage> find(AccountContext context, String pageId) {
        return PageId.parse(pageId).flatMap(id -> buttons.find(context, id));
    }

    private static MessageUsPage.Form form(OnPage found) {
        return found.button()
                .map(button -> new MessageUsPage.Form(true, button.pool().value(), button.label(), button.greeting()))
                .orElse(new MessageUsPage.Form(false, "", LABEL, ""));
    }

    private MessageUsPage page(AccountPage request, OnPage found, MessageUsPage.Form form, FieldErrors errors) {
        return new MessageUsPage(
                request.frame(NavItem.PAGES, found.page().name() + " – Message us"),
                found.page().id().toString(),
                found.page().name(),
                pools.overview(request.context().root().id()).pools().stream()
                        .map(Pool::master)
                        .map(master -> new Choice(master.id().value(), master.displayName()))
                        .toList(),
                form,
                errors,
                found.button()
                        .map(button -> Words.count(button.clicks(), "click", "clicks"))
                        .orElse(""),
                request.context().isSubAccount() ? request.context().root().displayName() : "");
    }
}
