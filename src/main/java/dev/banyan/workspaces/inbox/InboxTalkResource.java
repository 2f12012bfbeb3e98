package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.access.InMenu;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.inbox.InboxReplies.Sent;
import dev.banyan.workspaces.inbox.InboxThreadPages.ThreadRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Reactions, templates, questions for phone numbers, and the number that answers, in the pages of the inbox.
@Path("/s/{shortPath}")
@RunOnVirtualThread
@InMenu(WorkspaceMenu.INBOX)
class InboxTalkResource {

    private final InboxReplies replies;
    private final InboxReactions reactions;
    private final AnsweringNumbers numbers;
    private final RateLimits limits;

    InboxTalkResource(InboxReplies replies, InboxReactions reactions, AnsweringNumbers numbers, RateLimits limits) {
        this.replies = replies;
        this.reactions = reactions;
        this.numbers = numbers;
        this.limits = limits;
    }

    /// @param emoji empty takes the reaction back
    @POST
    @Path("inbox/{threadId}/messages/{messageId}/reaction")
    public Response react(
            @Context ThreadRequest thread,
            @PathParam("messageId") String messageId,
            @BeanParam InboxFilters filters,
            @FormParam("emoji") @DefaultValue("") String emoji) {
        return limited(
                thread,
                filters,
                () -> Uuids.parse(messageId)
                        .<Sent>map(message -> reactions.react(thread.member(), thread.id(), message, emoji))
                        .orElseGet(Sent.NotFound::new));
    }

    /// @param template its name and language: `order_ready|en_US`
    @POST
    @Path("inbox/{threadId}/template")
    public Response template(
            @Context ThreadRequest thread,
            @BeanParam InboxFilters filters,
            @FormParam("key") @DefaultValue("") String key,
            @FormParam("chosen") @DefaultValue("") String template,
            @FormParam("value") List<String> values) {
        return limited(
                thread,
                filters,
                () -> replies.template(thread.member(), thread.id(), key, template, List.copyOf(values)));
    }

    @POST
    @Path("inbox/{threadId}/phone")
    public Response askForPhone(
            @Context ThreadRequest thread,
            @BeanParam InboxFilters filters,
            @FormParam("key") @DefaultValue("") String key,
            @FormParam("message") @DefaultValue("") String text) {
        return limited(thread, filters, () -> replies.askForPhone(thread.member(), thread.id(), key, text));
    }

    @POST
    @Path("inbox/{threadId}/number")
    public Response number(
            @Context ThreadRequest thread,
            @BeanParam InboxFilters filters,
            @FormParam("sender") @DefaultValue("") String sender) {
        return SenderId.parse(sender)
                        .filter(chosen -> numbers.choose(thread.member(), thread.id(), chosen))
                        .isPresent()
                ? thread.done(filters)
                : refused(thread, filters, "That number can’t answer now.");
    }

    private Response limited(ThreadRequest thread, InboxFilters filters, Supplier<Sent> work) {
        Optional<Duration> wait = limits.take(
                RateLimit.INBOX_MESSAGES_BY_USER,
                Participant.of(thread.member()).name());
        if (wait.isPresent()) {
            return Html.retryAfter(wait.get(), refused(thread, filters, "Too many messages. Wait a minute."));
        }
        return switch (work.get()) {
            case Sent.Done _ -> thread.done(filters);
            case Sent.NotFound _ -> throw thread.missing();
            case Sent.Rejected rejected ->
                refused(thread, filters, rejected.invalid().userMessage() + ".");
            case Sent.NoNumber _ -> refused(thread, filters, "This workspace has no WhatsApp number. Link one first.");
            case Sent.Full _ -> refused(thread, filters, "Try again in a minute.");
        };
    }

    private static Response refused(ThreadRequest thread, InboxFilters filters, String why) {
        return thread.refused(filters, "Message not sent.", why);
    }
}
